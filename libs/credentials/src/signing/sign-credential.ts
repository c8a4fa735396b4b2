import type { KeyObject } from 'node:crypto';
import type { IntegrityProof } from '../integrity/integrity-proof.ts';
import { proveIntegrity } from '../integrity/prove-integrity.ts';
import type { OwnTerms } from '../terms/own-terms.ts';
import type { Signer } from './create-signer.ts';
import type { SignableCredential } from './registered-claims.ts';

/** The two keys of an issuer that sign together. */
export interface CredentialKeys {
  readonly signToken: Signer;
  readonly integrity: { readonly key: KeyObject; readonly verificationMethod: string };
}

/** One credential, signed twice: whoever knows JSON-LD reads the one, whoever knows JOSE the other. */
export interface SignedCredential<Body extends SignableCredential> {
  /** With its Data Integrity proof, as a list of one. */
  readonly document: Body & { readonly proof: readonly [IntegrityProof] };
  /** The VC-JWT around that very document. */
  readonly token: string;
}

/**
 * Signs a credential with both proofs (architecture section 6): eddsa-rdfc-2022 embedded, and the VC-JWT around the whole.
 *
 * @param created stands in the proof, in whole seconds: when the certificate was allocated, not now, so that a repeated job repeats it
 * @param terms of its type's own, where the credential names their context
 * @throws {IntegrityRefused} where verifiers could read another document than was proven
 * @throws {CredentialRefused} where the token would be longer than any that is verified
 */
export async function signCredential<Body extends SignableCredential>(
  credential: Body,
  { signToken, integrity }: CredentialKeys,
  created: Date,
  terms?: OwnTerms,
): Promise<SignedCredential<Body>> {
  const proof = await proveIntegrity(credential, { ...integrity, created, terms });
  const document = { ...credential, proof: [proof] as const };
  return { document, token: await signToken(document) };
}
