import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import { JsonRefused, parseStrictJson } from './parse-strict-json.ts';
import type { RefusalCode } from './refusal-codes.ts';
import type { SignatureKind } from './usable-key.ts';

/** What a token says of itself, before anything of it is believed. */
export interface ReadToken {
  readonly alg: TokenRules['algorithms'][number];
  readonly kid: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The claims without those of JWT: the credential, with the proof in it if it has one. */
  readonly members: Readonly<Record<string, unknown>>;
  /** The bytes that are signed. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** What a header may say. */
export interface TokenRules {
  readonly algorithms: readonly Exclude<SignatureKind, 'eddsa-rdfc-2022'>[];
  /** Members beside alg, kid and typ that are passed over; any other is refused. */
  readonly ignored: readonly string[];
}

/** Thrown when what was presented is not understood. The message is a sentence for the person who gave it. */
export class CredentialUnreadable extends Error {
  override readonly name = 'CredentialUnreadable';
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const keyId = /^[^\p{Cc}\p{Cs}\s]{1,2048}$/u;
const registered = ['iss', 'jti', 'sub', 'nbf', 'exp', 'iat'];

/**
 * Takes a token apart, byte for byte: base64url in its one canonical form, strict JSON, and a header in which no key, algorithm
 * or critical extension of the token's own choice has any say.
 *
 * @throws {CredentialUnreadable}
 */
export function readToken(token: string, rules: TokenRules): ReadToken {
  if (token.length > maxTokenBytes) {
    throw new CredentialUnreadable('too-long', `the text is longer than ${maxTokenBytes} characters`);
  }
  const parts = token.split('.', 4);
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    throw new CredentialUnreadable('not-a-token', 'it is no signed token of three parts with dots between them');
  }
  const { alg, kid } = readHeader(header, rules);
  const claims = readJson(payload, 'payload');
  for (const name of ['vc', 'vp']) {
    if (Object.hasOwn(claims, name))
      throw new CredentialUnreadable('not-a-credential', `its payload has the claim ${name} of older credentials`);
  }
  if (Object.hasOwn(claims, 'aud')) {
    throw new CredentialUnreadable('audience', 'it is addressed to somebody (aud), as no certificate is');
  }
  return {
    alg,
    kid,
    claims,
    members: Object.fromEntries(Object.entries(claims).filter(([name]) => !registered.includes(name))),
    signed: Buffer.from(`${header}.${payload}`, 'ascii'),
    signature: decode(signature, 'signature'),
  };
}

function readHeader(part: string, { algorithms, ignored }: TokenRules): Pick<ReadToken, 'alg' | 'kid'> {
  const { alg, kid, typ, ...others } = readJson(part, 'header');
  if (Object.keys(others).some((name) => !ignored.includes(name)))
    throw new CredentialUnreadable('header-member', 'its header has members other than alg, kid and typ');
  const known = algorithms.find((name) => name === alg);
  if (!known) {
    throw new CredentialUnreadable('algorithm', `its header names another algorithm than ${algorithms.join(', ')}`);
  }
  if (typeof kid !== 'string') throw new CredentialUnreadable('key-id', 'its header names no key (kid)');
  // A character that no database keeps would make an error of ours out of a token of theirs.
  if (!keyId.test(kid)) throw new CredentialUnreadable('key-id', 'its header names a key (kid) that is no key id');
  if (typ !== undefined && typ !== 'JWT' && typ !== 'vc+jwt') {
    throw new CredentialUnreadable('token-type', 'its header names another type (typ) than JWT or vc+jwt');
  }
  return { alg: known, kid };
}

function readJson(part: string, what: string): Record<string, unknown> {
  const bytes = decode(part, what);
  let value: unknown;
  try {
    value = parseStrictJson(utf8.decode(bytes));
  } catch (error) {
    const { code, message } =
      error instanceof JsonRefused ? error : ({ code: 'not-json', message: 'it is not UTF-8' } as const);
    throw new CredentialUnreadable(code, `its ${what} cannot be read: ${message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CredentialUnreadable('not-json', `its ${what} is no JSON object`);
  }
  return value as Record<string, unknown>;
}

/** Node's decoder takes padding, other alphabets and stray bits: two texts would be one token. */
function decode(part: string, what: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part)
    throw new CredentialUnreadable('not-base64url', `its ${what} is not base64url`);
  return bytes;
}
