import { z } from 'zod';

/** The name of a member of an occasion or of an input: a letter, then up to 63 letters, digits, `_` and `-`. */
export const memberName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be a name');
