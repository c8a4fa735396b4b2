import { z } from 'zod';
import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import { CredentialUnreadable } from '../verification/read-token.ts';

/** What a proof says of itself, as others make them too (Data Integrity 1.0, section 2.1). */
export type StatedProof = z.output<typeof proof>;

/** A credential and its proofs, apart. */
export interface Proven {
  readonly issuer: string;
  /** The credential without its proofs: what is canonicalised. */
  readonly document: Record<string, unknown>;
  readonly proofs: readonly StatedProof[];
}

/** How a credential may be written. */
export interface ProvenRules {
  /** Numbers in place of texts, which we never write: `12` and `"12"` have one proof. */
  readonly takesNumbers?: boolean;
}

/** JSON-LD takes half a millisecond for each type, and a tenth of it for each other value. */
const most = { proofs: 4, contexts: 8, values: 1_000, types: 200, levels: 32 };
const proof = z.strictObject({
  type: z.literal('DataIntegrityProof'),
  cryptosuite: z.literal('eddsa-rdfc-2022'),
  created: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/)
    .optional(),
  verificationMethod: z.string().regex(/^did:[^\s<>"{}|^`\\\p{Cc}]{1,2000}$/u),
  proofPurpose: z.literal('assertionMethod'),
  // 64 bytes have 86 to 88 digits, or fewer where they begin with zeros.
  proofValue: z.string().regex(/^z[1-9A-HJ-NP-Za-km-z]{64,88}$/),
});
// The first context decides what an issuer and a proof are; an inline one could give any member any meaning.
const credential = z.looseObject({
  '@context': z.tuple([z.literal('https://www.w3.org/ns/credentials/v2')], z.string()),
  issuer: z.union([z.string(), z.looseObject({ id: z.string() })]),
});
const stated = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).min(1).max(most.proofs)]);

/**
 * Reads a credential from a stranger.
 *
 * @throws {CredentialUnreadable} where it is none with a proof of ours, is too large, or could be read in two ways
 */
export function readProven(given: unknown, rules: ProvenRules = {}): Proven {
  const parsed = credential.safeParse(given);
  if (!parsed.success || parsed.data['@context'].length > most.contexts) {
    throw new CredentialUnreadable('not-a-credential', 'it is no Verifiable Credential 2.0');
  }
  // The one that was given: schemas copy.
  const { proof: said, ...document } = given as Record<string, unknown>;
  refuseAmbiguity(document, rules);
  const all = stated.safeParse(said);
  const proofs = (all.success ? [all.data].flat() : []).flatMap((each: unknown) => {
    const read = proof.safeParse(each);
    return read.success ? [read.data] : [];
  });
  if (proofs.length === 0) {
    throw new CredentialUnreadable('no-proof', 'it has no eddsa-rdfc-2022 proof for assertionMethod');
  }
  const { issuer } = parsed.data;
  return { issuer: typeof issuer === 'string' ? issuer : issuer.id, document, proofs };
}

/** Looks at every member once, level by level: what strangers nest must exhaust neither the stack nor the library. */
function refuseAmbiguity(document: Record<string, unknown>, { takesNumbers = false }: ProvenRules): void {
  let level: unknown[] = [document];
  let values = 0;
  let length = 0;
  let types = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === most.levels) throw new CredentialUnreadable('too-deep', `it nests deeper than ${most.levels} levels`);
    const next: unknown[] = [];
    for (const value of level) {
      if (++values > most.values) {
        throw new CredentialUnreadable('too-large', `it has more than ${most.values} members`);
      }
      if (typeof value === 'string') {
        length += value.length;
        if (!value.isWellFormed()) throw ambiguous('half a surrogate pair, which is no character');
      } else if (typeof value === 'number') {
        if (!takesNumbers || !Number.isFinite(value)) throw ambiguous('a number in place of a text');
      } else if (Array.isArray(value)) {
        if (value.length === 0) throw ambiguous('an empty list');
        next.push(...(value as unknown[]));
      } else if (typeof value === 'object' && value !== null) {
        for (const [name, inner] of Object.entries(value)) {
          length += name.length;
          // A member without a value is not in the JSON text either.
          if (inner === undefined) continue;
          if (name === '@context' && value !== document) {
            throw new CredentialUnreadable('inner-context', 'a part of it has a context of its own');
          }
          if (!readable.test(name)) throw ambiguous('a member whose name is a keyword or an address');
          // By such ids nodes can point at each other in ways that take without end to tell apart.
          if (name === 'id' && typeof inner === 'string' && inner.startsWith('_:'))
            throw ambiguous('an id of this JSON alone');
          if (name === 'type') types += [inner].flat().length;
          next.push(inner);
        }
      } else if (value === null) throw ambiguous('null');
    }
    if (types > most.types) throw new CredentialUnreadable('too-large', `it has more than ${most.types} types`);
    if (length > maxTokenBytes) {
      throw new CredentialUnreadable('too-long', `it is longer than ${maxTokenBytes} characters`);
    }
    level = next;
  }
}

// JSON-LD has several names for one member, of which readers of JSON see one. These keywords belong to texts in a language.
const readable = /^(@context|@value|@language|@direction|[^@:][^:]*)$/;

const ambiguous = (what: string) =>
  new CredentialUnreadable('ambiguous-member', `it holds ${what}, which two readers could read in two ways`);
