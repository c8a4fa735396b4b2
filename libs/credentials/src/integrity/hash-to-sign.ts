import { createHash } from 'node:crypto';

/** What eddsa-rdfc-2022 signs (section 3.2.4): the hash of the proof configuration, then that of the document. */
export function hashToSign(configuration: string, document: string): Buffer {
  return Buffer.concat([configuration, document].map((each) => createHash('sha256').update(each, 'utf8').digest()));
}
