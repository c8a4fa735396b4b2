import { z } from 'zod';

/** An e-mail address of at most 254 characters (RFC 5321, section 4.5.3.1). Too long a text is not searched for one. */
export const emailAddress = z.string().max(254, { abort: true }).check(z.email());
