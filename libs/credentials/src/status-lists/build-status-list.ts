import { CredentialRefused } from '../credential/credential-refused.ts';
import { encodeStatusBits } from './encode-status-bits.ts';
import type { StatusListCredential } from './status-list-credential.ts';

/** What one edition of a status list is made of. */
export interface StatusListInput {
  /** The address at which it is published, and by which certificates name it: absolute, http or https. */
  readonly id: string;
  /** The DID that issued the certificates: verifiers accept a list of another issuer from nobody. */
  readonly issuer: string;
  /** Written in UTC and whole seconds, like the end. */
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** Milliseconds for which a verifier may keep it, less than it is valid. */
  readonly ttl: number;
  /** Indexes of the certificates that are revoked. */
  readonly set: Iterable<number>;
}

/**
 * Makes a status list of 131,072 entries for revocation (Bitstring Status List 1.0, sections 2.2 and 3.1), with terms of
 * Verifiable Credentials 2.0 alone.
 *
 * @throws {CredentialRefused} where the id is no absolute address, the issuer no DID, or it would end before it may be asked for anew
 * @throws {RangeError} when an index is outside of the list
 */
export function buildStatusList({
  id,
  issuer,
  validFrom,
  validUntil,
  ttl,
  set,
}: StatusListInput): StatusListCredential {
  if (!/^https?:\/\/[^\s#]+$/.test(id) || !URL.canParse(id)) {
    throw new CredentialRefused('id must be an absolute address without a fragment: https://host/status/id');
  }
  if (!issuer.startsWith('did:')) throw new CredentialRefused('issuer must be a DID');
  if (!Number.isSafeInteger(ttl) || ttl <= 0) {
    throw new CredentialRefused('ttl must be a whole number of milliseconds over 0');
  }
  const [from, until] = [seconds(validFrom, 'validFrom'), seconds(validUntil, 'validUntil')];
  if (Date.parse(until) - Date.parse(from) <= ttl) {
    throw new CredentialRefused('validUntil must lie later behind validFrom than ttl: a kept list would be stale');
  }
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: from,
    validUntil: until,
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encodeStatusBits(set),
      ttl,
    },
  };
}

function seconds(date: Date, name: string): string {
  if (Number.isNaN(date.getTime())) throw new CredentialRefused(`${name} is no instant`);
  return `${date.toISOString().slice(0, 19)}Z`;
}
