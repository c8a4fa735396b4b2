import { createHmac, createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import {
  buildCredential,
  type Credential,
  multikeyOf,
  proveIntegrity,
  registeredClaims,
  type SignableCredential,
} from '@laurel/credentials';
import { expect, it } from 'vitest';

type Members = Record<string, unknown>;
type Algorithm = 'ES256' | 'RS256' | 'EdDSA' | 'HS256' | 'none';

/** Pairs of keys that every issuer of these tests has: to make those of RSA takes time. */
const pairs = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: generateKeyPairSync('rsa', { modulusLength: 2_048 }),
  EdDSA: generateKeyPairSync('ed25519'),
};
const jwkOf = (key: KeyObject): JsonWebKey => key.export({ format: 'jwk' });
const base64url = (text: string | Buffer) => Buffer.from(text).toString('base64url');

/** What an issuer elsewhere signs, in whatever way, with any header. */
export class ForeignIssuer {
  constructor(readonly did: string) {}

  badge(more: Members = {}): Credential {
    return {
      ...buildCredential({
        id: 'https://elsewhere.example/badges/1',
        issuer: { did: this.did, name: 'Elsewhere College' },
        validFrom: new Date('2026-03-01T12:00:02Z'),
        recipient: { id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09', name: 'Ravi Rao' },
        achievement: { id: 'urn:x:1', name: 'Go', description: 'Completed Go.', criteria: 'Complete it.' },
        results: [{ name: 'score', type: 'Percent', value: '91' }],
      }),
      ...more,
    };
  }

  /** A VC-JWT. */
  token(credential: object, alg: Algorithm = 'ES256', header: Members = {}, claims: Members = {}): string {
    const payload = { ...credential, ...registeredClaims(credential as SignableCredential), ...claims };
    const kid = `${this.did}#${alg === 'HS256' || alg === 'none' ? 'ES256' : alg}`;
    const signed = [{ alg, kid, typ: 'JWT', ...header }, payload]
      .map((part) => base64url(JSON.stringify(part)))
      .join('.');
    return `${signed}.${base64url(signatureOf(Buffer.from(signed), alg))}`;
  }

  /** JSON with its proof inside. */
  async document(credential: object, kid = `${this.did}#di-1`): Promise<Members> {
    const created = new Date('2026-03-01T12:00:02Z');
    const key = createPrivateKey({ key: jwkOf(pairs.EdDSA.privateKey), format: 'jwk' });
    return { ...credential, proof: [await proveIntegrity(credential, { key, verificationMethod: kid, created })] };
  }

  /** The issuers that are keys: they publish nothing. */
  static ofKey(kind: 'ES256' | 'EdDSA'): { issuer: ForeignIssuer; kid: string } {
    const multikey = kind === 'EdDSA' ? multikeyOf(pairs.EdDSA.publicKey) : p256Multikey;
    return { issuer: new ForeignIssuer(`did:key:${multikey}`), kid: `did:key:${multikey}#${multikey}` };
  }

  static jwk(kind: keyof typeof pairs): JsonWebKey {
    return jwkOf(pairs[kind].publicKey);
  }

  /** What it publishes. */
  didDocument(): DidDocument {
    const { did } = this;
    const verificationMethod: Members[] = (['ES256', 'RS256', 'EdDSA'] as const).map((kind) => ({
      ...{ id: `${did}#${kind}`, type: 'JsonWebKey', controller: did },
      publicKeyJwk: ForeignIssuer.jwk(kind),
    }));
    verificationMethod.push({
      ...{ id: `${did}#di-1`, type: 'Multikey', controller: did },
      publicKeyMultibase: multikeyOf(pairs.EdDSA.publicKey),
    });
    return { id: did, verificationMethod, assertionMethod: verificationMethod.map(({ id }) => String(id)) };
  }
}

function signatureOf(data: Buffer, alg: Algorithm): Buffer {
  switch (alg) {
    case 'none':
      return Buffer.alloc(0);
    case 'HS256':
      return createHmac('sha256', JSON.stringify(jwkOf(pairs.ES256.publicKey)))
        .update(data)
        .digest();
    case 'ES256':
      return sign('sha256', data, { key: pairs.ES256.privateKey, dsaEncoding: 'ieee-p1363' });
    default:
      return sign(alg === 'RS256' ? 'sha256' : null, data, pairs[alg].privateKey);
  }
}

/** Base 58 of the code of P-256 and of the compressed point, by its own arithmetic. */
const p256Multikey = (() => {
  const { x, y } = jwkOf(pairs.ES256.publicKey);
  const isOdd = (Buffer.from(y!, 'base64url').at(-1)! & 1) === 1;
  const bytes = Buffer.concat([Buffer.from([0x80, 0x24, isOdd ? 3 : 2]), Buffer.from(x!, 'base64url')]);
  const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  let text = '';
  for (let number = BigInt(`0x${bytes.toString('hex')}`); number > 0n; number /= 58n)
    text = letters[Number(number % 58n)] + text;
  return `z${text}`;
})();

export interface DidDocument {
  readonly id: string;
  readonly verificationMethod: Members[];
  readonly assertionMethod: string[];
}

it('names keys as others do', () => {
  expect(ForeignIssuer.ofKey('ES256').kid).toMatch(/^did:key:zDn/);
  expect(ForeignIssuer.ofKey('EdDSA').kid).toMatch(/^did:key:z6Mk/);
});
