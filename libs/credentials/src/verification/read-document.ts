import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import { JsonRefused, parseStrictJson } from './parse-strict-json.ts';
import { CredentialUnreadable } from './read-token.ts';

/**
 * The JSON object that was presented: as text, or already parsed by whoever took it.
 *
 * @throws {CredentialUnreadable}
 */
export function readDocument(presented: string | object): Readonly<Record<string, unknown>> {
  if (typeof presented !== 'string') return presented as Record<string, unknown>;
  if (presented.length > maxTokenBytes) {
    throw new CredentialUnreadable('too-long', `the text is longer than ${maxTokenBytes} characters`);
  }
  try {
    const value = parseStrictJson(presented);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    throw new CredentialUnreadable(error.code, `it cannot be read: ${error.message}`);
  }
  throw new CredentialUnreadable('not-json', 'it is no JSON object');
}
