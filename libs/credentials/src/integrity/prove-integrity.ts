import { type KeyObject, sign } from 'node:crypto';
import { encode } from 'base58-universal';
import type { OwnTerms } from '../terms/own-terms.ts';
import { CanonicalForms } from './canonical-forms.ts';
import { hashToSign } from './hash-to-sign.ts';
import type { IntegrityProof, ProofConfiguration } from './integrity-proof.ts';
import { IntegrityRefused } from './integrity-refused.ts';
import { orderIsCertain } from './order-is-certain.ts';

/** With which key, under which name, and since when. */
export interface IntegrityOptions {
  /** A private Ed25519 key. */
  readonly key: KeyObject;
  /** The full DID URL of the key: `did:web:…#di-1`. */
  readonly verificationMethod: string;
  /** When the certificate was issued: the same credential and instant give the same proof, so a repeated job repeats its bytes. */
  readonly created: Date;
  /** The terms whose context the credential names beside those that are on board. */
  readonly terms?: OwnTerms | undefined;
}

const forms = new CanonicalForms();
/** The last configuration: that of all certificates of an award that are issued within a second. */
let kept = { key: '', canonical: '' };

/**
 * Proves a credential (Data Integrity 1.0, eddsa-rdfc-2022). The caller puts the proof into it as a list of one, and signs the
 * VC-JWT around that: `{ ...credential, proof: [proof] }`.
 *
 * @throws {IntegrityRefused} where verifiers could read another document than was proven, or sort its lines otherwise
 */
export async function proveIntegrity(credential: object, options: IntegrityOptions): Promise<IntegrityProof> {
  const { key, verificationMethod, created, terms } = options;
  if (key.type !== 'private' || key.asymmetricKeyType !== 'ed25519') {
    throw new TypeError('key must be a private Ed25519 key: eddsa-rdfc-2022 knows no other');
  }
  if ('proof' in credential) throw new IntegrityRefused('proof is there already: prove the credential without it');
  if (!('@context' in credential))
    throw new IntegrityRefused('@context is missing: without it nothing would be signed');
  if (Number.isNaN(created.getTime())) throw new IntegrityRefused('created is no instant');
  const configuration: ProofConfiguration = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: `${created.toISOString().slice(0, 19)}Z`,
    verificationMethod,
    proofPurpose: 'assertionMethod',
  };
  const document = await forms.of(credential, terms);
  if (!orderIsCertain(document)) {
    throw new IntegrityRefused(
      'Two texts of one list sort otherwise by UTF-16 than by code points: leave out their emoji, or write them as one text',
    );
  }
  const configured = await canonicalConfiguration({ '@context': credential['@context'], ...configuration }, terms);
  return { ...configuration, proofValue: `z${encode(sign(null, hashToSign(configured, document), key))}` };
}

// No term of one's own can stand in a proof, or change what one of its members means.
async function canonicalConfiguration(configuration: object, terms: OwnTerms | undefined): Promise<string> {
  const key = JSON.stringify(configuration);
  if (key !== kept.key) kept = { key, canonical: await forms.of(configuration, terms) };
  return kept.canonical;
}
