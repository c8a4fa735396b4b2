import { createPrivateKey, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import type { CredentialInput } from '../credential/credential-input.ts';
import { generateIntegrityKey } from '../keys/generate-integrity-key.ts';
import { generateSigningKey } from '../keys/generate-signing-key.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import type { IntegrityProof } from './integrity-proof.ts';
import type { FoundKey } from '../verification/find-key.ts';
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
  verifyIntegrity(document, async (method): Promise<FoundKey | undefined> => {
    if (method === `${did}#jwt`) return { publicJwk: token.publicJwk };
    // One that could make proofs, and is kept for tokens.
    if (method === `${did}#jwt-1`) return { publicJwk: keys[0]?.publicJwk ?? {}, purpose: 'jwt' };
    return keys.find(({ controller }) => method === `${controller}#di-1`);
  });
const verdict = async (document: unknown) => {
  const verified = await verify(document);
  return verified.ok ? 'ok' : `${verified.verdict}: ${verified.code}`;
};

let proof: IntegrityProof;
let foreign: IntegrityProof;
let replayed: IntegrityProof;
let token: SigningKey;
/** The proof under the name of another key of its issuer. */
const by = (name: string) => ({ proof: [{ ...proof, verificationMethod: `${did}#${name}` }] });

beforeAll(async () => {
  token = await generateSigningKey(() => `${did}#jwt`);
  proof = await proveIntegrity(credential, { key: own, verificationMethod: `${did}#di-1`, created });
  foreign = await proveIntegrity(credential, { key: others, verificationMethod: `${otherDid}#di-1`, created });
  const another = { ...credential, id: 'https://certificates.example/v/8Kr3' };
  replayed = await proveIntegrity(another, { key: own, verificationMethod: `${did}#di-1`, created });
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

  test.each<[string, string, () => object]>([
    ['another name', 'tampered: signature-mismatch', () => ({ name: 'Go' })],
    ['no name', 'tampered: signature-mismatch', () => ({ name: undefined })],
    ['the proof of another credential', 'tampered: signature-mismatch', () => ({ proof: [replayed] })],
    ['only the proof of another issuer', 'tampered: foreign-key', () => ({ proof: [foreign] })],
    [
      'a second proof by the issuer that does not verify',
      'tampered: signature-mismatch',
      () => ({ proof: [proof, { ...proof, created: '2026-03-01T12:00:03Z' }] }),
    ],
    ['a key that is not known', 'unknown-issuer: unknown-key', () => by('none')],
    ['the key of its tokens', 'tampered: key-purpose', () => by('jwt')],
    ['an Ed25519 key that is kept for tokens', 'tampered: key-purpose', () => by('jwt-1')],
    [
      'a short signature',
      'tampered: signature-mismatch',
      () => ({ proof: [{ ...proof, proofValue: `z${'1'.repeat(70)}` }] }),
    ],
    ['another purpose', 'unreadable: no-proof', () => ({ proof: [{ ...proof, proofPurpose: 'authentication' }] })],
    [
      'a proof that is addressed to somebody',
      'unreadable: no-proof',
      () => ({ proof: [{ ...proof, domain: 'https://x.example', challenge: 'x' }] }),
    ],
    ['another cryptosuite', 'unreadable: no-proof', () => ({ proof: [{ ...proof, cryptosuite: 'eddsa-jcs-2022' }] })],
    ['no proof', 'unreadable: no-proof', () => ({ proof: undefined })],
    ['an empty list of proofs', 'unreadable: no-proof', () => ({ proof: [] })],
    ['five proofs', 'unreadable: no-proof', () => ({ proof: Array(5).fill(proof) as object[] })],
    ['a member that no context defines', 'unreadable: undefined-member', () => ({ unheardOf: 'x' })],
    ['a number', 'unreadable: ambiguous-member', () => ({ name: 12 })],
    ['null', 'unreadable: ambiguous-member', () => ({ validUntil: null })],
    ['an empty list', 'unreadable: ambiguous-member', () => ({ evidence: [] })],
    ['half a surrogate pair', 'unreadable: ambiguous-member', () => ({ name: 'x\ud800' })],
    [
      'an id of a blank node',
      'unreadable: ambiguous-member',
      () => ({ evidence: [{ id: '_:a', type: ['Evidence'] }] }),
    ],
    ['a keyword', 'unreadable: ambiguous-member', () => ({ '@included': [{ id: 'urn:x' }] })],
    ['the address of a member', 'unreadable: ambiguous-member', () => ({ 'https://schema.org/name': 'Go' })],
    ['a huge text', 'unreadable: too-long', () => ({ name: 'x'.repeat(300_000) })],
    ['1,000 members', 'unreadable: too-large', () => ({ name: Array(1_000).fill('x') })],
    [
      'a type too many',
      'unreadable: too-large',
      () => ({ evidence: Array.from({ length: 200 }, () => ({ type: ['Evidence'] })) }),
    ],
    ['types in a list too many', 'unreadable: too-large', () => ({ type: Array(200).fill('VerifiableCredential') })],
    ['a context of a part', 'unreadable: inner-context', () => ({ issuer: { ...credential.issuer, '@context': {} } })],
    [
      'a context that is not on board',
      'unreadable: unknown-context',
      () => ({ '@context': [...credential['@context'], 'https://x.example/'] }),
    ],
    [
      'nine contexts',
      'unreadable: not-a-credential',
      () => ({ '@context': [...credential['@context'], ...Array<string>(6).fill(credential['@context'][1] ?? '')] }),
    ],
    ['another first context', 'unreadable: not-a-credential', () => ({ '@context': ['https://x.example/'] })],
  ])('is refused with %s: %s', async (_, expected, changed) => {
    expect(await verdict({ ...credential, proof: [proof] })).toBe('ok');
    expect(await verdict({ ...credential, proof: [proof], ...changed() })).toBe(expected);
  });

  test.each([undefined, null, 1, 'x', [], {}, { proof: [] }])('%j is unreadable', async (document) => {
    expect(await verdict(document)).toBe('unreadable: not-a-credential');
  });

  test('is refused when it is nested without end, before it is canonicalised', async () => {
    let deep: object = {};
    for (let level = 0; level < 5_000; level++) deep = { evidence: deep };
    expect(await verdict({ ...credential, ...deep, proof: [proof] })).toBe('unreadable: too-deep');
  });

  test('of others may hold numbers, and tells since when a key of it was stolen', async () => {
    const numbered = { ...credential, credentialSubject: { ...credential.credentialSubject, creditsEarned: 3 } };
    const text = { ...credential, credentialSubject: { ...credential.credentialSubject, creditsEarned: '3' } };
    const made = await proveIntegrity(text, { key: own, verificationMethod: `${did}#di-1`, created });
    const compromisedAt = new Date('2026-05-01T00:00:00Z');
    const find = async () => ({ publicJwk: keys[0]?.publicJwk ?? {}, compromisedAt });
    const found = await verifyIntegrity({ ...numbered, proof: made }, find, { takesNumbers: true });
    expect(found).toMatchObject({ ok: true, compromisedAt });
    expect(await verdict({ ...numbered, proof: made })).toBe('unreadable: ambiguous-member');
  });
});
