import { verify } from 'node:crypto';
import { decode } from 'base58-universal';
import { ContextUnknown } from '../contexts/load-context.ts';
import type { FindTerms } from '../terms/find-terms.ts';
import { termsOf } from '../terms/terms-of.ts';
import type { FindKey } from '../verification/find-key.ts';
import { CredentialUnreadable } from '../verification/read-token.ts';
import { refuse } from '../verification/refuse.ts';
import type { Refusal } from '../verification/refusal.ts';
import { usableKey } from '../verification/usable-key.ts';
import { hashToSign } from './hash-to-sign.ts';
import { libraryForm } from './library-form.ts';
import { type ProvenRules, readProven } from './read-proven.ts';

/** How a credential may be written, and in which words. */
export interface IntegrityRules extends ProvenRules {
  /** Where types have terms of their own; left out, only what is on board has a meaning. */
  readonly findTerms?: FindTerms | undefined;
}

/** What the proofs of a credential tell. Whether it still holds is for its state, its dates and those of the key to tell. */
export type IntegrityVerification =
  | {
      readonly ok: true;
      readonly verificationMethod: string;
      /** By the proof, which a thief of the key dates as he likes. */
      readonly created?: string;
      /** A key of a proof was stolen then. */
      readonly compromisedAt?: Date;
    }
  | Refusal;

/**
 * Verifies the Data Integrity proofs of a credential (eddsa-rdfc-2022) by the library. Each proof that names a key of the issuer has
 * to verify, and there has to be one; proofs of others count for nothing. Never throws for content; what `keys` and `rules.findTerms` throw goes through.
 *
 * It proves what the credential says, not its bytes: the order of a list, or a type written as a list, may have changed. So
 * show the stored credential and not the one that was handed in.
 */
export async function verifyIntegrity(
  credential: unknown,
  keys: FindKey,
  rules: IntegrityRules = {},
): Promise<IntegrityVerification> {
  let read;
  let terms;
  try {
    read = readProven(credential, rules);
    terms = await termsOf(read.document['@context'] as string[], rules.findTerms);
  } catch (error) {
    if (error instanceof CredentialUnreadable) return refuse('unreadable', error.code, error.message);
    if (!(error instanceof ContextUnknown)) throw error;
    return refuse('unreadable', 'unknown-context', 'it builds on a context that is not on board');
  }
  const { issuer, document, proofs } = read;
  // A key may speak for the issuer that it belongs to, and for no other.
  const own = proofs.filter(({ verificationMethod }) => verificationMethod.startsWith(`${issuer}#`));
  const [first] = own;
  if (!first) return refuse('tampered', 'foreign-key', 'none of its proofs is by a key of its issuer');
  let canonical: string | undefined;
  let compromisedAt: Date | undefined;
  for (const { proofValue, ...configuration } of own) {
    const usable = await usableKey(keys, configuration.verificationMethod, issuer, 'eddsa-rdfc-2022');
    if (!usable.ok) return usable;
    canonical ??= await libraryForm(document, terms).catch(() => undefined);
    const configured = await libraryForm({ '@context': document['@context'], ...configuration }, terms).catch(
      () => undefined,
    );
    if (canonical === undefined || configured === undefined) {
      return refuse('unreadable', 'undefined-member', 'it has members that its contexts do not define');
    }
    if (!verify(null, hashToSign(configured, canonical), usable.key, decode(proofValue.slice(1)))) {
      return refuse('tampered', 'signature-mismatch', 'its proof does not fit its content: something was changed');
    }
    const stolen = usable.found.compromisedAt ?? undefined;
    if (stolen && !(compromisedAt && compromisedAt <= stolen)) compromisedAt = stolen;
  }
  return {
    ok: true,
    verificationMethod: first.verificationMethod,
    ...(first.created === undefined ? {} : { created: first.created }),
    ...(compromisedAt ? { compromisedAt } : {}),
  };
}
