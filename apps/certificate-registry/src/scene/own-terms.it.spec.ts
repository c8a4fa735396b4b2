import { createHash } from 'node:crypto';
import { type CertificateRow, settleCertificates } from '@laurel/certificates';
import type { CertificateRequested } from '@laurel/contracts';
import { buildCredential, ownContext, signCredential } from '@laurel/credentials';
import { sendRecords, waitFor } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { RegistryScene } from './registry-scene.spec.ts';

type Members = Record<string, unknown>;

/** An id that an address has to encode. */
const typeId = 'membership / आजीवन';
const names = ['memberSince', 'grade'];
const encoded = encodeURIComponent(typeId);
const path = `/contexts/demo/${encoded}/2`;
let scene: RegistryScene;
let issuer: { id: string; did: string };
/** A certificate with both terms. */
let whole: CertificateRow;

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
  const input = { memberId: 'string', memberSince: 'date', grade: 'string' };
  const type = {
    ...{ typeId, name: 'Membership', occasion: ['memberId'], claims: Object.keys(input), meta: [], qr: 'url' },
    input: Object.fromEntries(Object.entries(input).map(([name, kind]) => [name, { type: kind, required: false }])),
  };
  const required = { ...type, input: { ...type.input, memberId: { type: 'string', required: true } } };
  const template = { templateId: 'classic', version: 1, title: 'Classic', mediaType: 'image/svg+xml', slots: [] };
  await sendRecords(scene.broker, [
    record('credential-type.published', { ...required, version: 1 }),
    record('credential-type.published', { ...required, version: 2, terms: names }),
    record('template.published', { ...template, sha256: 'a'.repeat(64) }),
  ]);
  const copies = 'SELECT FROM known_template JOIN known_credential_type USING (tenant_id)';
  await waitFor(
    'all copies',
    () => scene.owner.query<unknown[]>(copies),
    ({ length }) => length === 2,
  );
  whole = await issued('M-1', { memberSince: '2019-04-01', grade: 'A' });
});
afterAll(() => scene.stop());

function record(topic: string, data: object) {
  const id = createHash('sha256').update(JSON.stringify(data)).digest('hex');
  const headers = {
    ce_specversion: '1.0',
    ce_type: `${topic}.v1`,
    ce_source: '/laurel/asset-store',
    ce_tenantid: 'demo',
  };
  const more = { ce_id: id, 'content-type': 'application/json' };
  return { topic, key: id, value: JSON.stringify(data), headers: { ...headers, ...more } };
}

const termsOf = (version = 2) => ({ publicUrl: scene.url, tenantId: 'demo', typeId, version, names });
const requestOf = async (requestId: string) =>
  (await scene.said('certificate.requested', 'demo')).findLast(({ data }) => data.requestId === requestId)!.data;

async function certify(memberId: string, input: object, version = 2): Promise<CertificateRequested['data']> {
  const { status, json } = await scene.call('POST /v1/certificates', {
    as: 'demo issuer',
    body: {
      ...{ credentialType: { id: typeId, version }, template: { id: 'classic' }, issuerId: issuer.id },
      ...{ learner: { id: memberId, name: 'Asha Verma' }, input: { memberId, ...input } },
    },
  });
  expect(status).toBe(202);
  return requestOf(json.requestId);
}

/** From the call to the issue; signed as the generator does. */
async function issued(memberId: string, input: Record<string, string>): Promise<CertificateRow> {
  const row = await scene.allocate('demo', await certify(memberId, input));
  const { token: credential } = await sign(row, input);
  const credential_sha256 = createHash('sha256').update(credential).digest('hex');
  await scene.settle({ ...(await scene.make(row)), credential, credential_sha256 });
  return scene.row(row.id);
}

async function sign(row: CertificateRow, values: Record<string, string>, terms = termsOf()) {
  const credential = buildCredential({
    id: `${scene.url}/v/${row.public_id}`,
    issuer: { did: issuer.did, name: 'Acme Academy' },
    validFrom: row.allocated_at,
    recipient: { id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09', name: 'Asha Verma' },
    achievement: row.request.achievement as Parameters<typeof buildCredential>[0]['achievement'],
    own: { terms, values },
  });
  const keys = await scene.keys.of(issuer.did, row.integrity_kid!);
  return signCredential(credential, keys, row.allocated_at, terms);
}

describe('the context of a type with terms of its own', () => {
  it('is served to everyone, for ever', async () => {
    const { address, document } = ownContext(termsOf());
    expect(address).toBe(scene.url + path);
    const { status, text, headers } = await scene.call(`GET ${address}`);
    expect([status, text]).toEqual([200, JSON.stringify(document)]);
    const kept = ['etag', 'cache-control', 'access-control-allow-origin'];
    const told = (all: Headers) => kept.map((name) => all.get(name));
    expect(told(headers)).toEqual([
      `"${createHash('sha256').update(text).digest('hex')}"`,
      'public, max-age=31536000, immutable',
      '*',
    ]);
    expect(headers.get('content-type')).toBe('application/ld+json');
    const head = await scene.call(`HEAD ${path}`);
    expect([head.status, head.text, told(head.headers)]).toEqual([200, '', told(headers)]);
    const known = await scene.call(`GET ${path}`, { headers: { 'if-none-match': headers.get('etag')! } });
    expect([known.status, known.text, told(known.headers)]).toEqual([304, '', told(headers)]);
  });

  it.each([
    ['a version without terms', `/contexts/demo/${encoded}/1`],
    ['a version that is none yet', `/contexts/demo/${encoded}/3`],
    ['a number written otherwise', `/contexts/demo/${encoded}/02`],
    ['a huge number', `/contexts/demo/${encoded}/99999999999`],
    ['another tenant', `/contexts/demo-two/${encoded}/2`],
    ['no tenant', `/contexts/%00/${encoded}/2`],
    ['another type', '/contexts/demo/%00/2'],
    ['a long name', `/contexts/demo/${'x'.repeat(1_000)}/2`],
  ])('is not there for %s, and nobody keeps that', async (_, address) => {
    const { status, headers } = await scene.call(`GET ${address}`);
    expect([status, headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual([
      404,
      'no-store',
      '*',
    ]);
  });
});

it('every road passes terms on: certify, reissue, retry', async () => {
  const credentialType = { id: typeId, version: 2, terms: names };
  expect(whole.request.credentialType).toEqual(credentialType);
  const { json } = await scene.call(`POST /v1/certificates/${whole.id}/reissue`, {
    as: 'demo issuer',
    body: { reason: 'Another name', recipient: { name: 'Asha V.' } },
  });
  const replacement = await requestOf(json.requestId);
  expect(replacement).toMatchObject({ credentialType, issue: { kind: 'replace', certificateId: whole.id } });
  const row = await scene.allocate('demo', replacement);
  await scene.unitOfWork.run((transaction) =>
    settleCertificates(
      transaction,
      {
        made: [],
        failed: [{ id: row.id, version: row.version, failure_type: 'does-not-fit', failure_reason: 'too wide' }],
      },
      { actor: 'certificate-generator', now: new Date() },
    ),
  );
  const retried = await scene.call(`POST /v1/certificates/${row.id}/retry`, { as: 'demo operator', body: {} });
  expect([retried.status, (await requestOf(row.request_id)).credentialType]).toEqual([202, credentialType]);
  // A type without any has none to pass on.
  expect((await certify('M-2', {}, 1)).credentialType).toEqual({ id: typeId, version: 1 });
});

describe('a certificate with own terms that somebody presents', () => {
  const claims = new Set(['iss', 'jti', 'sub', 'nbf', 'exp']);
  const documentOf = ({ credential }: Pick<CertificateRow, 'credential'>): Members => {
    const payload = JSON.parse(Buffer.from(credential!.split('.')[1]!, 'base64url').toString()) as Members;
    return Object.fromEntries(Object.entries(payload).filter(([name]) => !claims.has(name)));
  };
  const present = async (credential: unknown) => {
    const { status, json } = await scene.call('POST /v1/verify', { body: { credential } });
    expect(status).toBe(200);
    return [json.verdict, json.reasons[0]?.code];
  };
  const contextsOf = (change: (standard: string[], address: string) => string[]) => {
    const contexts = documentOf(whole)['@context'] as string[];
    return { ...documentOf(whole), '@context': change(contexts.slice(0, -1), contexts.at(-1)!) };
  };

  it('is valid in every form', async () => {
    expect(documentOf(whole)['credentialSubject']).toMatchObject({ memberSince: '2019-04-01', grade: 'A' });
    expect((await scene.call(`GET /v1/verify/${whole.public_id}`)).json.verdict).toBe('valid');
    const served = await scene.call(`GET /v/${whole.public_id}.json`);
    for (const form of [whole.credential, documentOf(whole), JSON.stringify(documentOf(whole)), served.text]) {
      expect(await present(form)).toEqual(['valid', 'in-force']);
    }
  });

  it('is judged by both of its signatures where it is not what was stored', async () => {
    const { token } = await sign(whole, { memberSince: '2019-04-01', grade: 'A' });
    expect(token).not.toBe(whole.credential);
    expect(await present(token)).toEqual(['valid', 'in-force']);
  });

  it('is altered when a value is another, or one more', async () => {
    const subject = documentOf(whole)['credentialSubject'] as Members;
    for (const changed of [{ grade: 'B' }, { memberSince: '2018-04-01' }, { grade: undefined }]) {
      const altered = { ...documentOf(whole), credentialSubject: { ...subject, ...changed } };
      expect(await present(altered)).toEqual(['tampered', 'signature-mismatch']);
    }
    const undefinedOne = { ...documentOf(whole), credentialSubject: { ...subject, hours: '3' } };
    expect(await present(undefinedOne)).toEqual(['unreadable', 'undefined-member']);
  });

  it.each<[string, (standard: string[], address: string) => string[]]>([
    ['of a version without terms', (standard, address) => [...standard, address.replace(/2$/, '1')]],
    ['of a version that nobody published', (standard, address) => [...standard, address.replace(/2$/, '3')]],
    ['of another tenant', (standard, address) => [...standard, address.replace('/demo/', '/demo-two/')]],
    ['elsewhere', (standard, address) => [...standard, address.replace(scene.url, 'https://elsewhere.example')]],
    ['written otherwise', (standard, address) => [...standard, address.replaceAll('%E0', '%e0')]],
    ['with a query', (standard, address) => [...standard, `${address}?`]],
    ['below it', (standard, address) => [...standard, `${address}/1`]],
    ['that cannot be decoded', (standard, address) => [...standard, address.replace('%20', '%E0')]],
    ['with NUL', (standard, address) => [...standard, address.replace('%20', '%00')]],
    ['not last', (standard, address) => [...standard.slice(0, 1), address, ...standard.slice(1)]],
    ['twice', (standard, address) => [...standard, address, address]],
  ])('is unreadable with a context %s', async (_, change) => {
    expect(await present(contextsOf(change))).toEqual(['unreadable', 'unknown-context']);
  });

  it('is unreadable, though signed by its issuer, in terms of a type that is not known here', async () => {
    const { document, token } = await sign(whole, { grade: 'A' }, termsOf(7));
    for (const form of [document, token]) expect(await present(form)).toEqual(['unreadable', 'unknown-context']);
  });
});
