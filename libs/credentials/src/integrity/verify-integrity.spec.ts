import { createPrivateKey, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCredential, type CredentialInput } from '../credential/build-credential.ts';
import { generateIntegrityKey } from '../keys/generate-integrity-key.ts';
import type { IntegrityProof } from './integrity-proof.ts';
import { proveIntegrity } from './prove-integrity.ts';
import { verifyIntegrity } from './verify-integrity.ts';

const did = 'did:web:certificates.example:issuers:1';
const otherDid = 'did:web:certificates.example:issuers:2';
const input: CredentialInput = {
  id: 'https://certificates.example/v/7Jq2',
  issuer: { did, name: 'Acme' },
  validFrom: new Date('2026-03-01T12:00:02Z'),
  recipient: { id: 'urn:x:2', name: 'Asha' },
  achievement: { id: 'urn:x:1', name: 'Rust', description: 'Completed.', criteria: 'Complete it.' },
  results: [{ name: 'score', type: 'Percent', value: '87.5' }],
};
const credential = buildCredential(input);
const keys = [did, otherDid].map((controller) => ({ controller, ...generateIntegrityKey() }));
const [own, others] = keys.map(({ privateJwk }): KeyObject => createPrivateKey({ key: privateJwk, format: 'jwk' })) as [
  KeyObject,
  KeyObject,
];
const created = new Date('2026-03-01T12:00:02Z');
const verify = (document: unknown) =>
  verifyIntegrity(document, async (method) =>
    // `#stolen` is the other issuer's key under this one's name.
    method.endsWith('#stolen') ? keys[1] : keys.find(({ controller }) => method === `${controller}#di-1`),
  );
const verdict = async (document: unknown) => {
  const verified = await verify(document);
  return verified.ok ? 'ok' : verified.verdict;
};

let proof: IntegrityProof;
let foreign: IntegrityProof;
let stolen: IntegrityProof;

beforeAll(async () => {
  proof = await proveIntegrity(credential, { key: own, verificationMethod: `${did}#di-1`, created });
  foreign = await proveIntegrity(credential, { key: others, verificationMethod: `${otherDid}#di-1`, created });
  stolen = await proveIntegrity(credential, { key: others, verificationMethod: `${did}#stolen`, created });
});

describe('a proven credential', () => {
  test('is accepted, with its key and its instant', async () => {
    const expected = { ok: true, verificationMethod: `${did}#di-1`, created: '2026-03-01T12:00:02Z' };
    expect(await verify({ ...credential, proof: [proof] })).toEqual(expected);
    expect(await verify({ ...credential, proof })).toEqual(expected);
    expect(await verify({ ...credential, proof: [{ type: 'OtherProof' }, foreign, proof] })).toEqual(expected);
  });

  test('is refused when one character of any text was changed', async () => {
    const whole = JSON.stringify({ ...credential, proof: [proof] });
    let changed = 0;
    // Within texts only: around them it would be other JSON, or none.
    for (const match of whole.matchAll(/(?<=:"|\[")[^"]+(?=")/g)) {
      const at = match.index + Math.floor(match[0].length / 2);
      const altered = `${whole.slice(0, at)}${whole[at] === 'q' ? 'r' : 'q'}${whole.slice(at + 1)}`;
      expect(await verdict(JSON.parse(altered)), altered.slice(at - 20, at + 20)).not.toBe('ok');
      changed++;
    }
    expect(changed).toBeGreaterThan(30);
  });

  test.each<[string, () => object, string]>([
    ['another name', () => ({ ...credential, name: 'Go', proof: [proof] }), 'tampered'],
    ['no name', () => ({ ...credential, name: undefined, proof: [proof] }), 'tampered'],
    ['only the proof of another issuer', () => ({ ...credential, proof: [foreign] }), 'tampered'],
    [
      'a second proof by the issuer that does not verify',
      () => ({ ...credential, proof: [proof, { ...proof, created: '2026-03-01T12:00:03Z' }] }),
      'tampered',
    ],
    ['a key of another issuer under its name', () => ({ ...credential, proof: [stolen] }), 'tampered'],
    [
      'a key that is not known',
      () => ({ ...credential, proof: [{ ...proof, verificationMethod: `${did}#none` }] }),
      'unknown-issuer',
    ],
    [
      'a short signature',
      () => ({ ...credential, proof: [{ ...proof, proofValue: `z${'1'.repeat(70)}` }] }),
      'tampered',
    ],
    ['another purpose', () => ({ ...credential, proof: [{ ...proof, proofPurpose: 'authentication' }] }), 'unreadable'],
    [
      'a member of the proof that is not understood',
      () => ({ ...credential, proof: [{ ...proof, x: '' }] }),
      'unreadable',
    ],
    ['no proof', () => credential, 'unreadable'],
    ['five proofs', () => ({ ...credential, proof: Array(5).fill(proof) as object[] }), 'unreadable'],
    ['a member that no context defines', () => ({ ...credential, unheardOf: 'x', proof: [proof] }), 'unreadable'],
    ['a number', () => ({ ...credential, name: 12, proof: [proof] }), 'unreadable'],
    ['null', () => ({ ...credential, validUntil: null, proof: [proof] }), 'unreadable'],
    ['half a surrogate pair', () => ({ ...credential, name: 'x\ud800', proof: [proof] }), 'unreadable'],
    ['a huge text', () => ({ ...credential, name: 'x'.repeat(300_000), proof: [proof] }), 'unreadable'],
    [
      'a context of a part',
      () => ({ ...credential, issuer: { ...credential.issuer, '@context': {} }, proof: [proof] }),
      'unreadable',
    ],
    [
      'a context that is not on board',
      () => ({ ...credential, '@context': [...credential['@context'], 'https://x.example/'], proof: [proof] }),
      'unreadable',
    ],
  ])('is refused with %s', async (_, document, expected) => {
    expect(await verdict({ ...credential, proof: [proof] })).toBe('ok');
    expect(await verdict(document())).toBe(expected);
  });

  test.each([undefined, null, 1, 'x', [], {}, { proof: [] }])('%j is unreadable', async (document) => {
    expect(await verdict(document)).toBe('unreadable');
  });

  test('is refused when it is nested without end, before it is canonicalised', async () => {
    let deep: object = {};
    for (let level = 0; level < 5_000; level++) deep = { evidence: deep };
    expect(await verdict({ ...credential, ...deep, proof: [proof] })).toBe('unreadable');
  });
});
