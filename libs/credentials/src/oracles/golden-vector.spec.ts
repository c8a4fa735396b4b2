import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import type { CredentialInput } from '../credential/credential-input.ts';
import { libraryForm } from '../integrity/library-form.ts';
import { createSigner } from '../signing/create-signer.ts';
import type { SignableCredential } from '../signing/registered-claims.ts';
import { signCredential } from '../signing/sign-credential.ts';
import { buildStatusList, type StatusListInput } from '../status-lists/build-status-list.ts';
import { testIssuer, testSeeds } from './test-issuer.spec.ts';

/** A credential with each step of how it is signed, for whoever writes another verifier, and against changes of ours. */
export interface GoldenVector {
  readonly about: string;
  /** What the builder was given; instants in ISO 8601. */
  readonly input: object;
  /** Private keys in the open: they sign nothing else. */
  readonly testKeys: { readonly warning: string; readonly ed25519Seed: string; readonly p256PrivateValue: string };
  readonly didDocument: object;
  readonly jwks: object;
  /** The credential without its proof. */
  readonly unsigned: object;
  readonly proofConfiguration: object;
  /** N-Quads by RDFC-1.0, one line each. */
  readonly canonical: { readonly configuration: readonly string[]; readonly document: readonly string[] };
  /** SHA-256 of these; Ed25519 signs the one behind the other. */
  readonly hashes: { readonly configuration: string; readonly document: string };
  readonly proofValue: string;
  readonly header: object;
  /** The signed document with the registered claims. */
  readonly payload: object;
  /** ES256 is random: this very token has to verify, another one would be as good. */
  readonly token: string;
}

const did = 'did:web:certificates.example:issuers:1';
const issuer = { did, name: 'Acme Academy' };
const recipient = { id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09', name: 'Asha Verma' };
const achievement = {
  id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c0a',
  name: 'Rust for Beginners',
  description: 'Completed the course Rust for Beginners.',
  criteria: 'Complete the course with a score of at least 60 percent.',
};
const validFrom = new Date('2026-03-01T12:00:02Z');
const least: CredentialInput = { id: 'https://certificates.example/v/7Jq2', issuer, validFrom, recipient, achievement };
const list = 'https://certificates.example/status/0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c0b';
const course: CredentialInput = {
  ...least,
  issuer: { ...issuer, url: 'https://academy.example' },
  validUntil: new Date('2036-03-01T12:00:02Z'),
  recipient: { ...recipient, email: { address: 'asha@example.org', salt: 'Vb4nS0mUqk2xTeXv' } },
  achievement: { ...achievement, type: 'Course' },
  number: 'ACME-2026-000001',
  achievedOn: new Date('2026-02-28T12:30:00Z'),
  results: [{ name: 'score', type: 'Percent', value: '87.5' }],
  status: { list, index: 94_567 },
};
const every: CredentialInput = {
  ...course,
  issuer: { ...course.issuer, image: 'https://academy.example/logo.png' },
  image: 'https://certificates.example/v/7Jq2.png',
  achievement: {
    ...course.achievement,
    ...{ criteriaUrl: 'https://academy.example/rust/criteria', image: 'https://academy.example/rust.png' },
    ...{ humanCode: 'RUST-101', inLanguage: 'en', tags: ['rust', 'systems'] },
    alignments: [{ name: 'Programming', url: 'https://standards.example/p/1', code: 'P-1', framework: 'Standards' }],
  },
  results: [...(course.results ?? []), { name: 'grade', type: 'Result', value: 'A' }],
  evidence: [{ url: 'https://academy.example/e/1', name: 'A parser', description: 'Written in Rust.' }],
};
const traps: CredentialInput = {
  ...course,
  issuer: { ...course.issuer, name: 'أكاديمية "Acme" \\ 学院' },
  recipient: { ...course.recipient, name: 'आशा ಆಶಾ ආශා 👩‍👩‍👧 e\u0301\u00e9' },
  achievement: {
    ...course.achievement,
    ...{ name: 'line\nbreak\r\nand "quotes" \\u0041', description: '"^^<x> .\n_:c14n0 <y>', criteria: 'same' },
  },
  number: 'same',
  results: [
    { name: 'first', type: 'Result', value: 'same' },
    { name: 'second', type: 'Result', value: 'same' },
    { name: 'third', type: 'Result', value: '\u2028\u2029\ufeff\u0085\u{10ffff}\uffff' },
  ],
};
const statusList: StatusListInput = {
  ...{ id: list, issuer: did, ttl: 300_000, set: [0, 7, 8, 94_567, 131_071] },
  ...{ validFrom, validUntil: new Date('2026-03-02T12:00:02Z') },
};

/** By the name of the file. To add one is all that may be done here: what was published stays as it is. */
export const goldenVectors: Readonly<Record<string, { about: string; input: object; make: () => SignableCredential }>> =
  {
    least: { about: 'Nothing that may be left out.', input: least, make: () => buildCredential(least) },
    course: {
      about: 'A course as most are; the example of docs/credentials.md.',
      input: course,
      make: () => buildCredential(course),
    },
    every: { about: 'Every member that the builder knows.', input: every, make: () => buildCredential(every) },
    traps: { about: 'Texts that have broken signatures.', input: traps, make: () => buildCredential(traps) },
    'status-list': {
      about: 'The status list of the others; their bit is set.',
      input: statusList,
      make: () => buildStatusList(statusList),
    },
  };

/**
 * Makes a vector anew.
 *
 * @param token the one that was published, where there is one
 */
export async function goldenVector(name: string, token?: string): Promise<GoldenVector> {
  const vector = goldenVectors[name];
  if (!vector) throw new Error(`There is no golden vector ${name}`);
  const { about, input, make } = vector;
  const { integrity, token: key, didDocument, jwks } = testIssuer(testSeeds, did);
  const unsigned = make();
  const keys = { signToken: await createSigner(key), integrity };
  const signed = await signCredential(unsigned, keys, new Date(unsigned.validFrom));
  const [{ proofValue, ...configuration }] = signed.document.proof;
  const context = (unsigned as unknown as { '@context': string[] })['@context'];
  const canonical = {
    configuration: await libraryForm({ '@context': context, ...configuration }),
    document: await libraryForm(unsigned),
  };
  const parts = signed.token
    .split('.', 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object);
  return {
    ...{ about, input },
    testKeys: {
      warning: 'These private keys are public: nothing that is signed with them attests anything.',
      ...{ ed25519Seed: testSeeds.ed25519, p256PrivateValue: testSeeds.p256 },
    },
    ...{ didDocument, jwks, unsigned, proofConfiguration: configuration },
    canonical: { configuration: lines(canonical.configuration), document: lines(canonical.document) },
    hashes: { configuration: sha256(canonical.configuration), document: sha256(canonical.document) },
    ...{ proofValue, header: parts[0] ?? {}, payload: parts[1] ?? {}, token: token ?? signed.token },
  };
}

const lines = (canonical: string) => canonical.split('\n').slice(0, -1);
const sha256 = (canonical: string) => createHash('sha256').update(canonical, 'utf8').digest('hex');

test('a vector is the same each time, but for a token that is not given', async () => {
  const { token, ...vector } = await goldenVector('least');
  expect(await goldenVector('least', token)).toEqual({ ...vector, token });
  expect((await goldenVector('least')).token).not.toBe(token);
});
