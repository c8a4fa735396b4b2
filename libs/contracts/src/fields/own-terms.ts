import { z } from 'zod';

// In camel case, as the terms of the standards are; what has a `-` in it could be read as an operation where templates name it.
const termName = z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/, 'must be a name in camel case, as memberSince');

/**
 * The claims that stand in the credential under names of their own, too. They need a JSON-LD context of their own, so most types
 * have none.
 */
export const ownTerms = z.array(termName).min(1).max(64).optional().meta({
  description:
    'The claims that also stand as members of the credential’s subject, under their own names. Verifiers have to read the context of this version of the type for that',
});
