import { verify } from 'node:crypto';
import { decode } from 'base58-universal';
import { publicKeyOfMultikey } from '../keys/public-key-of-multikey.ts';
import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import { hashToSign } from './hash-to-sign.ts';
import { IntegrityRefused } from './integrity-refused.ts';
import { libraryForm } from './library-form.ts';
import { readProven } from './read-proven.ts';

/** What the proofs of a credential tell. Whether it still holds is for its state, its dates and those of the key to tell. */
export type IntegrityVerification =
  | {
      readonly ok: true;
      readonly verificationMethod: string;
      /** By the proof; whoever knows until when the key was good compares the two. */
      readonly created: string;
    }
  | {
      readonly ok: false;
      /** As those of `verifyCredential`. */
      readonly verdict: 'tampered' | 'unreadable' | 'unknown-issuer';
      /** A sentence for a person; it quotes nothing of the credential. */
      readonly reason: string;
    };

/** A public key and to whom it belongs. */
export interface KnownIntegrityKey {
  readonly controller: string;
  readonly publicKeyMultibase: string;
}

/** Finds the public key with an id among the keys of an issuer, retired ones too. */
export type FindIntegrityKey = (verificationMethod: string, issuer: string) => Promise<KnownIntegrityKey | undefined>;

/**
 * Verifies the Data Integrity proofs of a credential by the library. Each proof that names a key of the issuer has to verify, and
 * there has to be one; proofs of others count for nothing. Never throws for content; what `keys` throws goes through.
 *
 * It proves what the credential says, not its bytes: the order of a list, or a type written as a list, may have changed. So
 * show the stored credential and not the one that was handed in.
 */
export async function verifyIntegrity(credential: unknown, keys: FindIntegrityKey): Promise<IntegrityVerification> {
  let read;
  try {
    read = readProven(credential, maxTokenBytes);
  } catch (error) {
    if (!(error instanceof IntegrityRefused)) throw error;
    return { ok: false, verdict: 'unreadable', reason: error.message };
  }
  const { issuer, document, proofs } = read;
  const own = proofs.filter(({ verificationMethod }) => verificationMethod.startsWith(`${issuer}#`));
  const [first] = own;
  if (!first) return tampered('none of its proofs is by a key of its issuer');
  let canonical: string | undefined;
  for (const { proofValue, ...configuration } of own) {
    const key = await keys(configuration.verificationMethod, issuer);
    if (!key)
      return { ok: false, verdict: 'unknown-issuer', reason: 'its issuer, or the key of it, is not known here' };
    // A key may speak for the issuer that it belongs to, and for no other.
    if (key.controller !== issuer) return tampered('the key named in its proof is not a key of its issuer');
    const publicKey = publicKeyOfMultikey(key.publicKeyMultibase);
    canonical ??= await libraryForm(document).catch(() => undefined);
    const configured = await libraryForm({ '@context': document['@context'], ...configuration }).catch(() => undefined);
    if (canonical === undefined || configured === undefined) {
      return { ok: false, verdict: 'unreadable', reason: 'it has members that its contexts do not define' };
    }
    if (!verify(null, hashToSign(configured, canonical), publicKey, decode(proofValue.slice(1)))) {
      return tampered('its proof does not fit its content: something was changed');
    }
  }
  return { ok: true, verificationMethod: first.verificationMethod, created: first.created };
}

function tampered(reason: string): IntegrityVerification {
  return { ok: false, verdict: 'tampered', reason };
}
