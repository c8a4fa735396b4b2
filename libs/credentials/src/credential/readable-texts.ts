import { CredentialRefused } from './credential-refused.ts';

// Verifiers in other languages escape these differently in canonical N-Quads, so they would take a good proof for a bad one.
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/g;

/**
 * A copy whose texts every verifier reads alike: control characters but line feed and carriage return become spaces.
 *
 * @param member the name of what is given, for the message
 * @throws {CredentialRefused} where a text holds a lone surrogate: UTF-8 has none, so two different texts would be signed as one
 */
export function readableTexts<Value>(value: Value, member: string): Value {
  return read(value, member) as Value;
}

function read(value: unknown, member: string): unknown {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) {
      throw new CredentialRefused(`${member} holds half a surrogate pair, which is no character`);
    }
    return value.replace(control, ' ');
  }
  if (Array.isArray(value)) return value.map((each) => read(each, member));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, read(inner, name)]));
}
