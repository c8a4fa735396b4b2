import { z } from 'zod';

/** A web address. Others put these into pages and mails: nothing but the web's own schemes. */
export const webLink = z.url({ protocol: /^https?$/ }).meta({ pattern: '^https?://' });
