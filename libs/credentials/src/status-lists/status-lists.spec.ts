import { createPrivateKey } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import multikey from '@digitalbazaar/multikey-context';
import { checkStatus, createList, decodeList } from '@digitalbazaar/vc-bitstring-status-list';
import { verifyCredential } from '@digitalbazaar/vc';
import did from 'did-context';
import fc from 'fast-check';
import { jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContext } from '../contexts/load-context.ts';
import { CredentialRefused } from '../credential/credential-refused.ts';
import { proveIntegrity } from '../integrity/prove-integrity.ts';
import { generateIntegrityKey } from '../keys/generate-integrity-key.ts';
import { generateSigningKey } from '../keys/generate-signing-key.ts';
import { createSigner } from '../signing/create-signer.ts';
import { signCredential } from '../signing/sign-credential.ts';
import { buildStatusList } from './build-status-list.ts';
import { encodeStatusBits } from './encode-status-bits.ts';
import { readStatusList } from './read-status-list.ts';
import type { StatusListCredential } from './status-list-credential.ts';
import { StatusListRefused } from './status-list-refused.ts';

const issuer = 'did:web:certificates.example:issuers:1';
const verificationMethod = `${issuer}#di-1`;
const id = 'https://certificates.example/status/0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c09';
const validFrom = new Date('2026-11-21T12:00:00.900Z');
const validUntil = new Date('2026-11-22T12:00:00.900Z');
const ttl = 300_000;
const listOf = (...set: number[]) => buildStatusList({ id, issuer, validFrom, validUntil, ttl, set });
const anIndex = fc.nat(131_071);
const anySet = fc.uniqueArray(anIndex, { maxLength: 3_000 });

describe('the bits', () => {
  test('are those that @digitalbazaar/vc-bitstring-status-list reads and writes', async () => {
    await fc.assert(
      fc.asyncProperty(anySet, fc.array(anIndex, { maxLength: 200 }), async (set, asked) => {
        const theirs = await decodeList({ encodedList: encodeStatusBits(set) });
        const written = await createList({ length: 131_072 });
        for (const index of set) written.setStatus(index, true);
        const list = withBits(await written.encode());
        const bits = new Set(set);
        for (const index of [...set, ...asked, 0, 131_071]) {
          expect(theirs.getStatus(index)).toBe(bits.has(index));
          expect(readStatusList(list, index)).toBe(bits.has(index));
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test('have index 0 on the left', () => {
    expect(encodeStatusBits([0])).toBe(`u${gzipSync(bytes([0x80])).toString('base64url')}`);
    expect(encodeStatusBits([7, 8])).toBe(`u${gzipSync(bytes([0x01, 0x80])).toString('base64url')}`);
  });

  test('are refused outside of the list', () => {
    for (const index of [-1, 131_072, 1.5, NaN]) {
      expect(() => encodeStatusBits([index])).toThrow(`0 to 131071, not ${index}`);
    }
  });
});

describe('a list', () => {
  test('says what the recommendation asks for, in absolute addresses and whole seconds', () => {
    expect(listOf(5)).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer,
      validFrom: '2026-11-21T12:00:00Z',
      validUntil: '2026-11-22T12:00:00Z',
      credentialSubject: {
        id: `${id}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: encodeStatusBits([5]),
        ttl: 300_000,
      },
    });
  });

  test('is refused with an id, an issuer or dates that no verifier can use', () => {
    const input = { id, issuer, validFrom, validUntil, ttl, set: [] };
    const refused = (change: Partial<typeof input>) => expect(() => buildStatusList({ ...input, ...change }));
    for (const bad of ['/status/1', 'status', 'urn:uuid:1', `${id}#list`, `${id} x`]) {
      refused({ id: bad }).toThrow(CredentialRefused);
    }
    refused({ issuer: 'https://certificates.example' }).toThrow('issuer must be a DID');
    refused({ validFrom: new Date(NaN) }).toThrow('validFrom is no instant');
    refused({ validUntil: new Date(validFrom.getTime() + ttl) }).toThrow('later behind validFrom than ttl');
    refused({ ttl: 0.5 }).toThrow('ttl must be');
  });
});

describe('a signed list', () => {
  const set = [0, 4_711, 131_071];
  let document: Record<string, unknown>;
  let token: string;
  let documentLoader: (url: string) => Promise<object>;
  let publicJwk: object;

  beforeAll(async () => {
    const integrityKey = generateIntegrityKey();
    const signing = await generateSigningKey((thumbprint) => `${issuer}#${thumbprint}`);
    publicJwk = signing.publicJwk;
    const key = createPrivateKey({ key: integrityKey.privateJwk, format: 'jwk' });
    const signToken = await createSigner(signing);
    const now = new Date();
    const current = { validFrom: now, validUntil: new Date(now.getTime() + 86_400_000) };
    ({ document, token } = (await signCredential(
      buildStatusList({ id, issuer, ttl, set, ...current }),
      { signToken, integrity: { key, verificationMethod } },
      now,
    )) as unknown as { document: Record<string, unknown>; token: string });
    documentLoader = loaderOf(integrityKey.publicKeyMultibase, document);
  });

  test('is accepted by @digitalbazaar/vc, and no longer with one bit changed', async () => {
    const suite = new DataIntegrityProof({ cryptosuite });
    const verify = (credential: object) => verifyCredential({ credential, suite, documentLoader, now: new Date() });
    expect(await verify(document)).toMatchObject({ verified: true });
    const subject = { ...(document['credentialSubject'] as object), encodedList: encodeStatusBits([1, ...set]) };
    expect(await verify({ ...document, credentialSubject: subject })).toMatchObject({ verified: false });
    // Every member is signed, the number too: neither another one nor its text is the same to a verifier.
    for (const ttl of [300_001, '300000']) {
      const changed = { ...document, credentialSubject: { ...(document['credentialSubject'] as object), ttl } };
      expect(await verify(changed)).toMatchObject({ verified: false });
    }
  });

  test('has a proof of its own number, by the library, compiled and kept', async () => {
    const integrityKey = generateIntegrityKey();
    const key = createPrivateKey({ key: integrityKey.privateJwk, format: 'jwk' });
    const suite = new DataIntegrityProof({ cryptosuite });
    const now = new Date();
    for (const seconds of [300, 300, 300, 299, 300, 1]) {
      const input = { id, issuer, validFrom: now, ttl: seconds * 1_000, set: [seconds] };
      const list = buildStatusList({ ...input, validUntil: new Date(now.getTime() + 86_400_000) });
      const proof = [await proveIntegrity(list, { key, verificationMethod, created: now })];
      const load = loaderOf(integrityKey.publicKeyMultibase, list);
      const credential = { ...list, proof };
      expect(await verifyCredential({ credential, suite, documentLoader: load, now })).toMatchObject({
        verified: true,
      });
    }
  });

  test('tells checkStatus of @digitalbazaar/vc-bitstring-status-list of each certificate', async () => {
    const suite = new DataIntegrityProof({ cryptosuite });
    for (const [index, status] of [...set.map((one) => [one, true] as const), [1, false], [4_712, false]] as const) {
      const credential = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        ...{ id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09', type: ['VerifiableCredential'], issuer },
        credentialStatus: {
          ...{ id: `${id}#${index}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
          ...{ statusListIndex: String(index), statusListCredential: id },
        },
        credentialSubject: { id: 'urn:x:1' },
      };
      expect(await checkStatus({ credential, suite, documentLoader })).toMatchObject({
        verified: true,
        results: [{ status }],
      });
      expect(readStatusList(document, index)).toBe(status);
    }
  });

  test('is accepted by jose, with the proven document inside', async () => {
    const { payload, protectedHeader } = await jwtVerify(token, publicJwk as never);
    expect(protectedHeader.alg).toBe('ES256');
    expect(payload).toMatchObject({ ...document, iss: issuer, jti: id, sub: `${id}#list` });
    expect((payload.exp ?? 0) - (payload.nbf ?? 0)).toBe(86_400);
  });
});

describe('a foreign list', () => {
  const subject = (change: object) => ({
    ...listOf(),
    credentialSubject: { ...listOf().credentialSubject, ...change },
  });

  test('is read up to 1,048,576 entries, by its purpose', () => {
    const large = subject({
      encodedList: packed(bytes([], 131_072, [0x01])),
      statusPurpose: ['suspension', 'revocation'],
    });
    expect(readStatusList(large, 1_048_575)).toBe(true);
    expect(readStatusList(large, 1_048_574)).toBe(false);
    expect(readStatusList(large, 1_048_575, 'suspension')).toBe(true);
    expect(() => readStatusList(listOf(), 1, 'suspension')).toThrow('must be the purpose of the entry');
  });

  test('is refused where it is none, too small, or a bomb', () => {
    const cases: [unknown, string][] = [
      [null, 'must be an object'],
      [[listOf()], 'must be an object'],
      [{ ...listOf(), type: ['VerifiableCredential'] }, 'type must include BitstringStatusListCredential'],
      [{ ...listOf(), credentialSubject: [listOf().credentialSubject] }, 'must be one object'],
      [subject({ type: 'StatusList2021' }), 'credentialSubject.type must be'],
      [subject({ encodedList: undefined }), 'must be multibase'],
      [subject({ encodedList: encodeStatusBits([]).slice(1) }), 'must be multibase'],
      [subject({ encodedList: `${encodeStatusBits([])}=` }), 'must be multibase'],
      [subject({ encodedList: `u${'A'.repeat(200_000)}` }), 'at most 200000 characters'],
      [subject({ encodedList: 'uAAAA' }), 'must be GZIP'],
      [subject({ encodedList: encodeStatusBits([]).slice(0, -8) }), 'must be GZIP'],
      [subject({ encodedList: packed(bytes([], 16_383)) }), 'at least 131072 entries'],
      [subject({ encodedList: packed(bytes([], 131_073)) }), 'at most 1048576 entries'],
      [subject({ encodedList: packed(bytes([], 100_000_000)) }), 'at most 1048576 entries'],
      // Two packages, one behind the other, unpack to more than each.
      [subject({ encodedList: twice(gzipSync(bytes([], 100_000))) }), 'at most 1048576 entries'],
    ];
    for (const [list, reason] of cases) {
      expect(() => readStatusList(list, 0)).toThrow(StatusListRefused);
      expect(() => readStatusList(list, 0)).toThrow(reason);
    }
    for (const index of [-1, 131_072, 0.5, NaN])
      expect(() => readStatusList(listOf(), index)).toThrow('from 0 to 131071');
  });
});

const bytes = (first: number[], length = 16_384, last: number[] = []) =>
  Buffer.concat([Buffer.from(first), Buffer.alloc(length - first.length - last.length), Buffer.from(last)]);
const packed = (content: Buffer) => `u${gzipSync(content).toString('base64url')}`;
const twice = (content: Buffer) => `u${Buffer.concat([content, content]).toString('base64url')}`;
const withBits = (encodedList: string): StatusListCredential => {
  const list = listOf();
  return { ...list, credentialSubject: { ...list.credentialSubject, encodedList } };
};

/** The issuer as its DID document tells it, and the list at its address, without a network. */
function loaderOf(publicKeyMultibase: string, list: object): (url: string) => Promise<object> {
  const method = { id: verificationMethod, type: 'Multikey', controller: issuer, publicKeyMultibase };
  const documents = new Map<string, object>([
    [verificationMethod, { '@context': 'https://w3id.org/security/multikey/v1', ...method }],
    [
      issuer,
      {
        '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
        ...{ id: issuer, verificationMethod: [method], assertionMethod: [verificationMethod] },
      },
    ],
    [id, list],
  ]);
  return async (url) => {
    const context = did.contexts.get(url) ?? multikey.contexts.get(url);
    if (context) return { documentUrl: url, document: context, tag: 'static' };
    const document = documents.get(url);
    return document ? { documentUrl: url, document } : loadContext(url);
  };
}
