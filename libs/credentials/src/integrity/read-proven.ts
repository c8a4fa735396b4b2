import { z } from 'zod';
import type { IntegrityProof } from './integrity-proof.ts';
import { IntegrityRefused } from './integrity-refused.ts';
import { shapeOf } from './shape-of.ts';

/** A credential and its proofs, apart. */
export interface Proven {
  readonly issuer: string;
  /** The credential without its proofs: what is canonicalised. */
  readonly document: Record<string, unknown>;
  readonly proofs: readonly IntegrityProof[];
}

const most = 4;
const proof = z.strictObject({
  type: z.literal('DataIntegrityProof'),
  cryptosuite: z.literal('eddsa-rdfc-2022'),
  created: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/),
  verificationMethod: z.string().regex(/^did:[^\s<>"{}|^`\\]{1,2000}$/),
  proofPurpose: z.literal('assertionMethod'),
  // 64 bytes have 86 to 88 digits, or fewer where they begin with zeros.
  proofValue: z.string().regex(/^z[1-9A-HJ-NP-Za-km-z]{64,88}$/),
});
// The first context decides what an issuer and a proof are; an inline one could give any member any meaning.
const credential = z.looseObject({
  '@context': z.tuple([z.literal('https://www.w3.org/ns/credentials/v2')], z.string()),
  issuer: z.union([z.string(), z.looseObject({ id: z.string() })]),
  proof: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).min(1).max(most)]),
});

/**
 * Reads a credential from a stranger.
 *
 * @throws {IntegrityRefused} where it is none with a proof of ours, is too large, or could be read in two ways
 */
export function readProven(given: unknown, maxBytes: number): Proven {
  const parsed = credential.safeParse(given);
  if (!parsed.success) throw new IntegrityRefused('it is no Verifiable Credential 2.0 with one to four proofs in it');
  // The one that was given: schemas copy.
  const { proof: stated, ...document } = given as Record<string, unknown>;
  const { key, texts } = shapeOf(document);
  if (texts.reduce((sum, text) => sum + text.length, key.length) > maxBytes) {
    throw new IntegrityRefused(`it is longer than ${maxBytes} characters`);
  }
  if (hasInnerContext(document, 0)) throw new IntegrityRefused('a part of it has a context of its own');
  const proofs = (Array.isArray(stated) ? stated : [stated]).flatMap((each: unknown) => {
    const read = proof.safeParse(each);
    return read.success ? [read.data] : [];
  });
  if (proofs.length === 0) throw new IntegrityRefused('it has no eddsa-rdfc-2022 proof for assertionMethod');
  const { issuer } = parsed.data;
  return { issuer: typeof issuer === 'string' ? issuer : issuer.id, document, proofs };
}

function hasInnerContext(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > 0 && !Array.isArray(value) && '@context' in value) return true;
  return Object.entries(value).some(([name, inner]) => name !== '@context' && hasInnerContext(inner, depth + 1));
}
