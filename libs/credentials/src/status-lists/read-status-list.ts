import { gunzipSync } from 'node:zlib';
import { StatusListRefused } from './status-list-refused.ts';

/** Entries of a list: the least that the recommendation allows, and the most that anybody is given memory for here. */
const [least, most] = [131_072, 1_048_576];
/** GZIP makes bits that are all chance a little longer, and base64url by a third. */
const maxEncoded = 200_000;

/**
 * Reads one bit of a status list, of whomever (Bitstring Status List 1.0, section 3.2): strictly, one bit per entry, 131,072 to
 * 1,048,576 entries; never more than 128 KB is unpacked, whatever is packed. Who calls has verified the proof, the dates and that its
 * issuer is the one of the certificate.
 *
 * @param credential the list, as parsed JSON
 * @param index the entry's `statusListIndex`
 * @param purpose the entry's `statusPurpose`
 * @returns whether the bit is 1: with the purpose `revocation`, whether the certificate is revoked
 * @throws {StatusListRefused} when it is no such list, has another purpose, or has no entry with this index
 */
export function readStatusList(credential: unknown, index: number, purpose = 'revocation'): boolean {
  if (!isRecord(credential)) refuse('The status list must be an object');
  if (!listOf(credential['type']).includes('BitstringStatusListCredential')) {
    refuse('type must include BitstringStatusListCredential');
  }
  const subject = credential['credentialSubject'];
  if (!isRecord(subject)) refuse('credentialSubject must be one object');
  if (!listOf(subject['type']).includes('BitstringStatusList')) {
    refuse('credentialSubject.type must be BitstringStatusList');
  }
  if (!listOf(subject['statusPurpose']).includes(purpose)) {
    refuse('credentialSubject.statusPurpose must be the purpose of the entry');
  }
  const bits = unpack(subject['encodedList']);
  const entries = bits.length * 8;
  if (entries < least) refuse(`credentialSubject.encodedList must have at least ${least} entries`);
  if (!Number.isSafeInteger(index) || index < 0 || index >= entries) {
    refuse(`The index must be a whole number from 0 to ${entries - 1}: the list has no other`);
  }
  return ((bits[Math.floor(index / 8)] ?? 0) & (0b1000_0000 >> (index % 8))) !== 0;
}

function unpack(encoded: unknown): Buffer {
  const member = 'credentialSubject.encodedList';
  if (typeof encoded !== 'string' || encoded.length > maxEncoded || !/^u[A-Za-z0-9_-]+$/.test(encoded)) {
    refuse(`${member} must be multibase base64url, a u without padding behind it, of at most ${maxEncoded} characters`);
  }
  try {
    return gunzipSync(Buffer.from(encoded.slice(1), 'base64url'), { maxOutputLength: most / 8 });
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new StatusListRefused(`${member} must unpack to at most ${most} entries`, { cause });
    }
    throw new StatusListRefused(`${member} must be GZIP`, { cause });
  }
}

function refuse(message: string): never {
  throw new StatusListRefused(message);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
