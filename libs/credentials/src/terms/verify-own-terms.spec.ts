import { beforeAll, describe, expect, test } from 'vitest';
import { buildCredential } from '../credential/build-credential.ts';
import { testIssuer, testSeeds } from '../oracles/test-issuer.spec.ts';
import { verifyForeign } from '../foreign/verify-foreign.ts';
import { createSigner } from '../signing/create-signer.ts';
import { signCredential, type SignedCredential } from '../signing/sign-credential.ts';
import { verifyCredential } from '../verification/verify-credential.ts';
import type { FindTerms } from './find-terms.ts';
import { ownContext } from './own-context.ts';
import type { OwnTerms } from './own-terms.ts';

type Members = Record<string, unknown>;

const issuer = testIssuer(testSeeds);
const created = new Date('2026-03-01T12:00:02Z');
const terms: OwnTerms = {
  ...{ publicUrl: 'https://certificates.example', tenantId: 'demo', typeId: 'membership', version: 2 },
  names: ['memberSince', 'grade'],
};
const { address } = ownContext(terms);
const knows: FindTerms = async (asked) => (asked === address ? terms : undefined);
const credential = buildCredential({
  id: 'https://certificates.example/v/7Jq2',
  issuer: { did: issuer.did, name: 'Acme Academy' },
  validFrom: created,
  recipient: { id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09', name: 'Asha' },
  achievement: { id: 'urn:x:1', name: 'Rust', description: 'Completed.', criteria: 'Complete it.' },
  own: { terms, values: { memberSince: '2019-04-01' } },
});
const standard = credential['@context'].slice(0, -1);
let signed: SignedCredential<typeof credential>;

beforeAll(async () => {
  const keys = { signToken: await createSigner(issuer.token), integrity: issuer.integrity };
  signed = await signCredential(credential, keys, created, terms);
});

/** A token around whatever its maker likes. */
const resigned = async (members: Members) => ({
  token: await (await createSigner(issuer.token))({ ...signed.document, ...members }),
});
const verdict = async (presented: string | object, findTerms?: FindTerms) => {
  const found = await verifyCredential(presented, issuer.findKey, { findTerms });
  return found.ok ? 'ok' : `${found.verdict}: ${found.code}`;
};
const changed = (members: Members) => ({ ...signed.document, ...members });
const subject = (members: Members) => changed({ credentialSubject: { ...credential.credentialSubject, ...members } });

describe('a credential with own terms', () => {
  test('is accepted in both forms where they are known', async () => {
    for (const form of [signed.token, signed.document, JSON.stringify(signed.document)]) {
      expect(await verdict(form, knows)).toBe('ok');
      expect(await verdict(form)).toBe('unreadable: unknown-context');
      expect(await verdict(form, async () => undefined)).toBe('unreadable: unknown-context');
    }
  });

  test.each<[string, string, () => object]>([
    ['another value', 'tampered: signature-mismatch', () => subject({ memberSince: '2018-04-01' })],
    ['one term more', 'tampered: signature-mismatch', () => subject({ grade: 'A' })],
    ['no value', 'tampered: signature-mismatch', () => subject({ memberSince: undefined })],
    ['a number as value', 'unreadable: ambiguous-member', () => subject({ memberSince: 2019 })],
    ['what is none of the terms', 'unreadable: undefined-member', () => subject({ since: '2019' })],
    ['its context left out', 'unreadable: undefined-member', () => changed({ '@context': standard })],
  ])('is refused with %s: %s', async (_, expected, document) => {
    expect(await verdict(document(), knows)).toBe(expected);
  });

  test.each<[string, string[]]>([
    ['in another place', [...standard.slice(0, 2), address, ...standard.slice(2)]],
    ['twice', [...standard, address, address]],
    ['beside another', [...standard, 'https://contexts.example/v1', address]],
    ['of another version', [...standard, `${address}1`]],
    ['with a fragment', [...standard, `${address}#`]],
  ])('is refused with its context %s', async (_, contexts) => {
    // Whoever finds it says whose it is, not whether that is its address.
    const finds: FindTerms = async () => terms;
    expect(await verdict(changed({ '@context': contexts }), finds)).toBe('unreadable: unknown-context');
  });

  test('of an issuer elsewhere is accepted as a token, which covers every byte, and as JSON it is not', async () => {
    expect(await verifyForeign(signed.token, issuer.findKey)).toMatchObject({ ok: true, issuer: issuer.did });
    expect(await verifyForeign(signed.document, issuer.findKey)).toMatchObject({ ok: false, code: 'unknown-context' });
    const { token } = await resigned({ proof: [{ ...signed.document.proof[0], proofValue: `z${'1'.repeat(64)}` }] });
    expect(await verifyForeign(token, issuer.findKey)).toMatchObject({ ok: true });
    const standardOnly = await resigned({ '@context': standard });
    expect(await verifyForeign(standardOnly.token, issuer.findKey)).toMatchObject({ code: 'undefined-member' });
  });

  test('is not judged while nobody can say whose terms they are', async () => {
    const away: FindTerms = () => Promise.reject(new Error('The database is away'));
    await expect(verdict(signed.document, away)).rejects.toThrow('The database is away');
  });
});
