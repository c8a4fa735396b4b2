import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode } from 'base58-universal';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { describe, expect, test } from 'vitest';
import { verifyCredential } from '../verification/verify-credential.ts';
import { goldenVector, goldenVectors, type GoldenVector } from './golden-vector.spec.ts';
import { testIssuer, testSeeds } from './test-issuer.spec.ts';

const folder = fileURLToPath(new URL('../../golden', import.meta.url));
const read = (name: string) => readFileSync(`${folder}/${name}.json`, 'utf8');

/** SHA-256 of each file as it was published. A new vector gets a new line; a line is never changed. */
const published: Readonly<Record<string, string>> = {
  least: '8222d2c6754ef69a9e22b9fccf7eaae87a5a59dc3d4b603f9752a534eecc68f9',
  course: '4165b21e0086c13033507f83f0511e725236289f57537a231c86926855d0dde9',
  every: 'f51ae276b6adbc2198a1c524184dd22e84611fc642b58a843c4d0daf3c9796f1',
  traps: 'f9b8a8d8664a481ac345ce8c23675074bde7e29b06c62a238e4171a5100b39eb',
  'status-list': '3e94122d0fb618eec6278a74ce2084819750ed02d2b4d196e8057faf38510b0a',
};

describe('golden vectors', () => {
  test('are all there, and none that is not known', () => {
    const files = Object.keys(goldenVectors).map((name) => `${name}.json`);
    expect(readdirSync(folder).sort()).toEqual(files.sort());
    expect(Object.keys(published).sort()).toEqual(Object.keys(goldenVectors).sort());
  });

  describe.each(Object.keys(goldenVectors))('%s', (name) => {
    test('is what was published: certificates with these bytes are out there', () => {
      const hash = createHash('sha256').update(read(name)).digest('hex');
      expect(
        hash,
        `libs/credentials/golden/${name}.json was changed: put it back, and add a vector under another name`,
      ).toBe(published[name]);
    });

    test('is what we make today, but for the random of its token', async () => {
      const { token } = JSON.parse(read(name)) as GoldenVector;
      expect(`${JSON.stringify(await goldenVector(name, token), null, 2)}\n`).toBe(read(name));
    });

    test('verifies by its own words: the hashes are those of the lines, the proof that of the hashes, the token that of the payload', async () => {
      const vector = JSON.parse(read(name)) as GoldenVector;
      const hashes = [vector.canonical.configuration, vector.canonical.document].map((lines) =>
        createHash('sha256')
          .update(lines.map((line) => `${line}\n`).join(''))
          .digest(),
      );
      expect(hashes.map((hash) => hash.toString('hex'))).toEqual([vector.hashes.configuration, vector.hashes.document]);
      const { integrity } = testIssuer(testSeeds);
      const signature = decode(vector.proofValue.slice(1));
      expect(verify(null, Buffer.concat(hashes), createPublicKey(integrity.key), signature)).toBe(true);
      const opened = await compactVerify(vector.token, createLocalJWKSet(vector.jwks as JSONWebKeySet));
      expect(opened.protectedHeader).toEqual(vector.header);
      expect(JSON.parse(new TextDecoder().decode(opened.payload))).toEqual(vector.payload);
      const proof = [{ ...vector.proofConfiguration, proofValue: vector.proofValue }];
      expect(vector.payload).toMatchObject({ ...vector.unsigned, proof });
    });
  });

  test.each(['least', 'course', 'every', 'traps'])('%s is accepted by our verifier, in both forms', async (name) => {
    const { findKey } = testIssuer(testSeeds);
    const { token, unsigned, proofConfiguration, proofValue } = JSON.parse(read(name)) as GoldenVector;
    const document = { ...unsigned, proof: [{ ...proofConfiguration, proofValue }] };
    expect(await verifyCredential(token, findKey)).toMatchObject({ ok: true });
    expect(await verifyCredential(document, findKey)).toMatchObject({ ok: true });
  });
});
