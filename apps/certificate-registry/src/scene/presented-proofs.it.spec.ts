import type { CertificateRow } from '@laurel/certificates';
import { proveIntegrity, type RefusalCode } from '@laurel/credentials';
import { withinCpu } from '@laurel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { RegistryScene } from './registry-scene.spec.ts';

type Members = Record<string, unknown>;

let scene: RegistryScene;
let issuer: { id: string; did: string };
let other: { id: string; did: string };
let valid: CertificateRow;
let second: CertificateRow;
/** What `valid` is, as JSON with its proof inside. */
let document: Members & { proof: [Members] };

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
  other = await scene.newIssuer('demo-two', 'Another Academy');
  valid = await scene.issued('demo', issuer.id, 'valid', { claims: { score: '87.5' } });
  second = await scene.issued('demo', issuer.id, 'second', { recipient: { learnerId: 'second', name: 'Ravi Rao' } });
  await scene.issued('demo-two', other.id, 'elsewhere');
  document = documentOf(valid);
});
afterAll(() => scene.stop());

const claims = new Set(['iss', 'jti', 'sub', 'nbf', 'exp']);
/** As the registry serves it: the payload of the token without the claims of JWT. */
function documentOf({ credential }: CertificateRow): typeof document {
  const payload = JSON.parse(Buffer.from(credential!.split('.')[1]!, 'base64url').toString()) as Members;
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !claims.has(name))) as typeof document;
}

async function present(credential: unknown) {
  const { status, json } = await withinCpu(100, () => scene.call('POST /v1/verify', { body: { credential } }));
  expect(status).toBe(200);
  return { verdict: json.verdict, code: json.reasons[0]?.code as RefusalCode | 'in-force', found: json };
}

async function presentFile(type: string, body: string | Buffer) {
  const answer = await fetch(`${scene.url}/v1/verify/document`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  expect(answer.status).toBe(200);
  const { verdict, reasons } = (await answer.json()) as { verdict: string; reasons: { code: string }[] };
  return { verdict, code: reasons[0]?.code };
}

/** Another content under a true proof, by the key with this id. */
async function proven(change: Members, kid = `${issuer.did}#di-1`): Promise<Members> {
  const { proof: _, ...unproven } = { ...document, ...change };
  const { key } = scene.keys.integrity.get(kid)!;
  const created = new Date('2026-03-01T12:00:02Z');
  return { ...unproven, proof: [await proveIntegrity(unproven, { key, verificationMethod: kid, created })] };
}

const proof = () => document.proof[0];
const subject = (of: Members = document) => of['credentialSubject'] as Members;
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const textWith = (member: string) => JSON.stringify(document).replace('{', `{${member},`);

describe('JSON with its proof inside', () => {
  it('is verified as an object, as text and as a file, and the stored certificate is told', async () => {
    const { found: byToken } = await present(valid.credential);
    expect(byToken.verdict).toBe('valid');
    const text = JSON.stringify(document, undefined, 2);
    for (const form of [document, text, ` ${text}\n`]) expect((await present(form)).found).toEqual(byToken);
    const inForce = { verdict: 'valid', code: 'in-force' };
    expect(await presentFile('application/vc', text)).toEqual(inForce);
    expect(await presentFile('application/vc+jwt', valid.credential!)).toEqual(inForce);
    const served = await scene.call(`GET /v/${valid.public_id}.json`);
    expect(await presentFile('application/vc', served.text)).toEqual(inForce);
    expect(await presentFile('application/vc', Buffer.from([0x7b, 0xff]))).toMatchObject({ code: 'not-json' });
  });

  it('is told as it is stored, where its proof does not cover how it is written', async () => {
    const { found: expected } = await present(document);
    const rewritten = {
      ...Object.fromEntries(Object.entries(document).reverse()),
      type: ['AchievementCredential', 'VerifiableCredential'],
    };
    expect((await present(rewritten)).found).toEqual(expected);
    // One that we proved and never stored is of no row: what it says is not told as ours.
    expect(await present(await proven({ id: `${scene.url}/v/${'2'.repeat(22)}` }))).toMatchObject({
      verdict: 'status-unknown',
      code: 'status-unknown',
    });
    // Nor is what we proved under the name of one that was stored, but the stored one.
    const achievement = { ...(subject()['achievement'] as Members), name: 'Go' };
    const another = await proven({ credentialSubject: { ...subject(), achievement } });
    expect((await present(another)).found).toEqual(expected);
  });

  it('is what became of its row', async () => {
    const set = (state: string, until: string | null = null) =>
      scene.owner.query(
        'UPDATE certificate SET state = $2, state_reason = $4, state_changed_at = now(), suspended_until = $3 WHERE id = $1',
        [second.id, state, until, 'Fees: unpaid'],
      );
    const presented = documentOf(second);
    await set('revoked');
    expect((await present(presented)).found).toMatchObject({
      verdict: 'revoked',
      reasons: [{ code: 'revoked', words: 'Fees: unpaid' }, { code: 'signature-holds' }],
    });
    await set('suspended', '2099-01-01T00:00:00Z');
    expect((await present(presented)).found).toMatchObject({
      verdict: 'suspended',
      reasons: [{ code: 'suspended', words: 'Fees: unpaid', until: '2099-01-01T00:00:00.000Z' }, {}],
      certificate: { changedAt: expect.any(String) as string },
    });
    // What says so in its row follows a moment later.
    await set('suspended', '2026-03-02T00:00:00Z');
    const over = await present(presented);
    expect(over).toMatchObject({ verdict: 'valid', code: 'in-force' });
    expect(over.found.certificate).not.toHaveProperty('changedAt');
    await set('issued');
    expect(await present(presented)).toMatchObject({ verdict: 'valid' });
  });

  describe('that was tampered with', () => {
    // The control: what is refused below is refused for what was done to it.
    beforeEach(async () => expect(await present(document)).toMatchObject({ verdict: 'valid', code: 'in-force' }));

    it.each<[string, string, RefusalCode, () => unknown]>([
      ['a changed value', 'tampered', 'signature-mismatch', () => ({ ...document, name: 'Go' })],
      [
        'swapped fields',
        'tampered',
        'signature-mismatch',
        () => {
          const achievement = subject()['achievement'] as Members;
          const { name, description } = achievement;
          const swapped = { ...achievement, name: description, description: name };
          return { ...document, credentialSubject: { ...subject(), achievement: swapped } };
        },
      ],
      [
        'an injected claim',
        'tampered',
        'signature-mismatch',
        () => ({ ...document, evidence: [{ id: 'urn:x', type: ['Evidence'] }] }),
      ],
      [
        'the subject of another credential',
        'tampered',
        'signature-mismatch',
        () => ({ ...document, credentialSubject: subject(documentOf(second)) }),
      ],
      [
        'a subject moved',
        'tampered',
        'signature-mismatch',
        () => ({ ...document, credentialSubject: { ...subject(), id: 'urn:uuid:0' } }),
      ],
      [
        'a member left out',
        'tampered',
        'signature-mismatch',
        () => ({ ...document, credentialStatus: undefined, name: undefined, credentialSchema: undefined }),
      ],
      [
        'the proof of another credential',
        'tampered',
        'signature-mismatch',
        () => ({ ...document, proof: documentOf(second).proof }),
      ],
      [
        'a second proof that does not hold',
        'tampered',
        'signature-mismatch',
        () => ({ ...document, proof: [proof(), { ...proof(), created: '2026-03-01T12:00:03Z' }] }),
      ],
      [
        'the key of tokens',
        'tampered',
        'key-purpose',
        () => ({ ...document, proof: [{ ...proof(), verificationMethod: scene.keys.get(issuer.did)!.kid }] }),
      ],
      ['the key of another issuer', 'tampered', 'foreign-key', () => proven({}, `${other.did}#di-1`)],
      [
        'a key of nobody',
        'unknown-issuer',
        'unknown-key',
        () => ({ ...document, proof: [{ ...proof(), verificationMethod: `${issuer.did}#di-9` }] }),
      ],
      ['no proof', 'unreadable', 'no-proof', () => ({ ...document, proof: undefined })],
      [
        'another cryptosuite',
        'unreadable',
        'no-proof',
        () => ({ ...document, proof: [{ ...proof(), cryptosuite: 'ecdsa-rdfc-2019' }] }),
      ],
      [
        'a proof for another audience',
        'unreadable',
        'no-proof',
        () => ({ ...document, proof: [{ ...proof(), domain: 'wallet.example', challenge: 'x' }] }),
      ],
      ['a member that no context knows', 'unreadable', 'undefined-member', () => ({ ...document, grade: 'A' })],
      ['an added null', 'unreadable', 'ambiguous-member', () => ({ ...document, evidence: null })],
      ['an added empty list', 'unreadable', 'ambiguous-member', () => ({ ...document, evidence: [] })],
      ['a number', 'unreadable', 'ambiguous-member', () => ({ ...document, name: 1 })],
      [
        'a context of somebody',
        'unreadable',
        'unknown-context',
        () => ({ ...document, '@context': [...(document['@context'] as string[]), 'http://127.0.0.1:9/'] }),
      ],
      [
        'a context inside',
        'unreadable',
        'inner-context',
        () => ({ ...document, credentialSubject: { ...subject(), '@context': {} } }),
      ],
      ['a member twice', 'unreadable', 'duplicate-member', () => textWith('"name":"Go"')],
      ['a member twice, once escaped', 'unreadable', 'duplicate-member', () => textWith('"n\\u0061me":"Go"')],
      ['100,000 brackets', 'unreadable', 'too-deep', () => textWith(`"x":${nested(50_000)}`)],
      ['5,000 members', 'unreadable', 'too-large', () => textWith(`"x":[${'"x",'.repeat(5_000)}"x"]`)],
      [
        'nodes that all point at each other',
        'unreadable',
        'ambiguous-member',
        () => {
          const nodes = Array.from({ length: 20 }, (_, index) => ({ id: `_:n${index}` }));
          return { ...document, evidence: nodes.map((node) => ({ ...node, type: ['Evidence'], evidence: nodes })) };
        },
      ],
      [
        '60 nodes that nobody can tell apart',
        'tampered',
        'signature-mismatch',
        () => ({ ...document, evidence: Array.from({ length: 60 }, () => ({ type: ['Evidence'], name: 'x' })) }),
      ],
      ['200 KB in one text', 'unreadable', 'undefined-member', () => textWith(`"x":"${'x'.repeat(200_000)}"`)],
      ['no JSON at its end', 'unreadable', 'not-json', () => JSON.stringify(document).slice(0, -1)],
      [
        'an issuer that looks like it',
        'unknown-issuer',
        'issuer-not-listed',
        () => ({
          ...document,
          issuer: { ...(document['issuer'] as Members), id: issuer.did.replace('issuers', '\u0456ssuers') },
        }),
      ],
    ])('is refused: %s: %s (%s)', async (_, verdict, code, made) => {
      const { found } = await present(await made());
      expect(found).toMatchObject({
        verdict,
        reasons: [{ code, message: expect.stringMatching(/^[A-Z].*\.$/) as string }],
      });
      expect(Object.keys(found).filter((name) => name !== 'trust')).toEqual(['verdict', 'reasons']);
      expect(scene.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    });
  });
});

describe('a key that was stolen', () => {
  const markStolen = (kid: string, at: Date | null) =>
    scene.owner.query('UPDATE issuer_key SET compromised_at = $2 WHERE kid = $1', [kid, at]);
  const stolen = { verdict: 'tampered', code: 'compromised-key' };
  const inForce = { verdict: 'valid', code: 'in-force' };

  it.each(['tokens', 'proofs'])('signs only what was stored before: of %s', async (purpose) => {
    const kid = purpose === 'tokens' ? scene.keys.get(issuer.did)!.kid : `${issuer.did}#di-1`;
    const form = (row: CertificateRow) => (purpose === 'tokens' ? row.credential! : documentOf(row));
    const again = await scene.make(valid);
    const byThief = purpose === 'tokens' ? again.credential : await proven({ name: 'Go' });
    expect(await present(byThief)).toMatchObject(inForce);
    const later = await scene.issued('demo', issuer.id, `later ${purpose}`);
    // Between the two.
    await markStolen(kid, later.allocated_at);
    try {
      expect(await present(form(valid))).toMatchObject(inForce);
      expect(await present(form(later))).toMatchObject(stolen);
      expect(await present(byThief)).toMatchObject(stolen);
      expect(await present(await unstored())).toMatchObject(stolen);
      expect((await scene.call(`GET /v1/verify/${valid.public_id}`)).json.verdict).toBe('valid');
      // The page tells the token, which the key of proofs has no part in.
      const byPage = (await scene.call(`GET /v1/verify/${later.public_id}`)).json;
      expect(byPage.verdict).toBe(purpose === 'tokens' ? 'tampered' : 'valid');
      expect(scene.log.filter((line) => line.includes('"level":"fatal"'))).toEqual([]);
    } finally {
      await markStolen(kid, null);
    }
    expect(await present(form(later))).toMatchObject(inForce);

    /** What a thief signs that never was. */
    async function unstored(): Promise<unknown> {
      const id = `${scene.url}/v/${'3'.repeat(22)}`;
      if (purpose === 'proofs') return proven({ id });
      return (await scene.make({ ...valid, public_id: '3'.repeat(22) })).credential;
    }
  });
});
