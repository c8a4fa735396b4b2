import { hash } from 'node:crypto';

/** The digest of which the identifiers of documents are made; a string is one of characters of one byte each. */
export function digestOf(content: string | Buffer): string {
  return hash('sha256', typeof content === 'string' ? Buffer.from(content, 'latin1') : content, 'hex');
}
