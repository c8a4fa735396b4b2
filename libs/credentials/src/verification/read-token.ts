import { z } from 'zod';
import type { Credential } from '../credential/credential.ts';
import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import { JsonRefused, parseStrictJson } from './parse-strict-json.ts';
import type { RefusalCode } from './refusal-codes.ts';

/** What a token says of itself, before anything of it is believed. */
export interface ReadToken {
  readonly kid: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly credential: Credential;
  /** The bytes that are signed. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** Thrown when a text is no VC-JWT that Laurel could have signed. The message is a sentence for the person who gave it. */
export class TokenUnreadable extends Error {
  override readonly name = 'TokenUnreadable';
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

/** What the rest of Laurel reads of a credential; all other members are kept as they are. */
const shape = z.looseObject({
  '@context': z.array(z.string()).min(1),
  id: z.string(),
  type: z.array(z.string()),
  name: z.string(),
  issuer: z.looseObject({ id: z.string(), name: z.string() }),
  validFrom: z.iso.datetime({ offset: true }),
  validUntil: z.iso.datetime({ offset: true }).optional(),
  credentialSubject: z.looseObject({
    id: z.string().optional(),
    identifier: z.array(z.looseObject({ identityHash: z.string(), identityType: z.string() })),
    achievement: z.looseObject({ name: z.string() }),
  }),
});

/**
 * Takes a token apart, byte for byte: base64url in its one canonical form, strict JSON, and no header but `alg`, `kid` and
 * `typ`, so that no key, algorithm or critical extension of the token's own choice has any say.
 *
 * @throws {TokenUnreadable}
 */
export function readToken(token: string): ReadToken {
  if (token.length > maxTokenBytes) {
    throw new TokenUnreadable('too-long', `the text is longer than ${maxTokenBytes} characters`);
  }
  // JSON-LD with a proof in it is another way to sign; whoever presents it should learn that it is not broken.
  if (token.startsWith('{')) {
    throw new TokenUnreadable(
      'embedded-proof',
      'it is JSON, whose proof would be embedded; only its JWT form is verified so far',
    );
  }
  const parts = token.split('.', 4);
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    throw new TokenUnreadable('not-a-token', 'it is no signed token of three parts with dots between them');
  }
  const { kid } = readHeader(header);
  const claims = readJson(payload, 'payload');
  for (const name of ['vc', 'vp']) {
    if (Object.hasOwn(claims, name))
      throw new TokenUnreadable('not-a-credential', `its payload has the claim ${name} of older credentials`);
  }
  const members = Object.fromEntries(Object.entries(claims).filter(([name]) => !registered.includes(name)));
  const { success } = shape.safeParse(members);
  if (!success)
    throw new TokenUnreadable('not-a-credential', 'its payload is no Open Badges 3.0 credential as Laurel issues them');
  return {
    kid,
    claims,
    credential: members as unknown as Credential,
    signed: Buffer.from(`${header}.${payload}`, 'ascii'),
    signature: decode(signature, 'signature'),
  };
}

function readHeader(part: string): { kid: string } {
  const { alg, kid, typ, ...others } = readJson(part, 'header');
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new TokenUnreadable('header-member', 'its header has members other than alg, kid and typ');
  if (alg !== 'ES256') throw new TokenUnreadable('algorithm', 'its header names another algorithm than ES256');
  if (typeof kid !== 'string') throw new TokenUnreadable('key-id', 'its header names no key (kid)');
  // A character that no database keeps would make an error of ours out of a token of theirs.
  if (!keyId.test(kid)) throw new TokenUnreadable('key-id', 'its header names a key (kid) that is no key id');
  if (typ !== undefined && typ !== 'JWT' && typ !== 'vc+jwt') {
    throw new TokenUnreadable('token-type', 'its header names another type (typ) than JWT or vc+jwt');
  }
  return { kid };
}

function readJson(part: string, what: string): Record<string, unknown> {
  const bytes = decode(part, what);
  let value: unknown;
  try {
    value = parseStrictJson(utf8.decode(bytes));
  } catch (error) {
    const { code, message } =
      error instanceof JsonRefused ? error : ({ code: 'not-json', message: 'it is not UTF-8' } as const);
    throw new TokenUnreadable(code, `its ${what} cannot be read: ${message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TokenUnreadable('not-json', `its ${what} is no JSON object`);
  }
  return value as Record<string, unknown>;
}

/** Node's decoder takes padding, other alphabets and stray bits: two texts would be one token. */
function decode(part: string, what: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') !== part) throw new TokenUnreadable('not-base64url', `its ${what} is not base64url`);
  return bytes;
}
