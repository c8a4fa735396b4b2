import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { generateIntegrityKey } from './generate-integrity-key.ts';
import { generateSigningKey } from './generate-signing-key.ts';
import { openKey, SealedKeyUnreadable } from './open-key.ts';
import { sealKey } from './seal-key.ts';

const master = randomBytes(32);
const context = 'acme/did:web:certificates.example:issuers:1#key';

describe('a sealed key', () => {
  test('opens with its master key and its context, and with nothing else', async () => {
    const { privateJwk } = await generateSigningKey((thumbprint) => thumbprint);
    const sealed = sealKey(privateJwk, master, context);
    expect(openKey(sealed, master, context).export({ format: 'jwk' })).toEqual(privateJwk);
    expect(() => openKey(sealed, randomBytes(32), context)).toThrow(SealedKeyUnreadable);
    expect(() => openKey(sealed, master, context.replace('acme', 'other'))).toThrow(SealedKeyUnreadable);
    expect(() => openKey(Buffer.concat([sealed, Buffer.of(0)]), master, context)).toThrow(SealedKeyUnreadable);
  });

  test('may be of any kind that signs', async () => {
    const rsa = await generateSigningKey((thumbprint) => thumbprint, 'RS256');
    for (const privateJwk of [rsa.privateJwk, generateIntegrityKey().privateJwk]) {
      const opened = openKey(sealKey(privateJwk, master, context), master, context);
      expect(opened.export({ format: 'jwk' })).toEqual(privateJwk);
    }
  });

  test('does not open with any byte changed or cut off', async () => {
    const { privateJwk } = await generateSigningKey((thumbprint) => thumbprint);
    const sealed = sealKey(privateJwk, master, context);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => openKey(changed, master, context)).toThrow(SealedKeyUnreadable);
      expect(() => openKey(sealed.subarray(0, at), master, context)).toThrow(SealedKeyUnreadable);
    }
  });

  test('shows nothing of the key, and never the same bytes twice', async () => {
    const { privateJwk } = await generateSigningKey((thumbprint) => thumbprint);
    const [first, second] = [sealKey(privateJwk, master, context), sealKey(privateJwk, master, context)];
    expect(first.equals(second)).toBe(false);
    expect(first.includes(Buffer.from(privateJwk.d, 'base64url'))).toBe(false);
  });

  test.each(['ES256', 'RS256'] as const)('of %s is named by the thumbprint of RFC 7638', async (algorithm) => {
    const { kid, publicJwk } = await generateSigningKey((thumbprint) => `did:web:x#${thumbprint}`, algorithm);
    const { calculateJwkThumbprint } = await import('jose');
    expect(kid).toBe(`did:web:x#${await calculateJwkThumbprint(publicJwk)}`);
  });
});
