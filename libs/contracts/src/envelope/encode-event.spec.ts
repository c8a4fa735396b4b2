import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TopicName } from '../catalogue/catalogue.ts';
import { contractsOf } from '../catalogue/contracts-of.ts';
import { enrolmentId } from '../identifiers/enrolment-id.ts';
import { externalId } from '../identifiers/external-id.ts';
import { personName } from '../identifiers/person-name.ts';
import { plainText } from '../fields/plain-text.ts';
import { assertStrict } from './assert-strict.ts';
import { encodeEvent } from './encode-event.ts';
import type { Event } from './event.ts';
import { parseRecord } from './parse-record.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const id = text.filter((each) => externalId.safeParse(each).success);
const name = text.filter((each) => personName.safeParse(each).data === each);
const instant = fc.date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true });
const time = instant.map((date) => date.toISOString());
const optional = (arbitrary: Arbitrary<unknown>) => fc.option(arbitrary, { nil: undefined });
const percent = fc.double({ min: 0, max: 100, noNaN: true }).map((number) => number + 0);
const score = optional(percent);
const day = time.map((text) => text.slice(0, 10));
const count = fc.integer({ min: 1 });
const versioned = fc.record({ id, version: count });
const occasion = fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,10}$/), id, { minKeys: 1, maxKeys: 4 });
const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/);
const email = fc.constantFrom(undefined, 'asha@example.org', "o'neil+x@sub.example.co.in");
const claims = fc
  .dictionary(id, fc.jsonValue({ maxDepth: 3, stringUnit: 'grapheme' }), { maxKeys: 4 })
  .map((value) => JSON.stringify(value))
  .filter((json) => !json.includes('__proto__'))
  .map((json) => JSON.parse(json) as unknown);
const zone = fc.constantFrom('Asia/Kolkata', 'UTC', 'America/Argentina/Buenos_Aires');
const member = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,10}$/);
const members = fc.array(member, { minLength: 1, maxLength: 8 });
const prose = fc
  .array(text, { minLength: 1, maxLength: 3 })
  .map((lines) => lines.join('\n'))
  .filter((each) => plainText(60).safeParse(each).data === each);
const achievement = fc.record({
  id,
  type: optional(id.filter(isShort)),
  name: prose,
  description: prose,
  criteria: prose,
});
const image = fc.record({ sha256, mediaType: fc.constantFrom('image/png', 'image/jpeg', 'image/svg+xml') });
const signatories = fc.array(fc.record({ name: prose, title: optional(prose), signature: optional(image) }), {
  maxLength: 3,
});
const templateMediaType = fc.constantFrom('image/svg+xml', 'text/html');
const validity = optional(fc.constantFrom('P2Y', 'P1Y6M', 'P90D'));
const clauses = fc.array(fc.record({ clause: id, holds: fc.boolean(), reason: id }), { minLength: 1, maxLength: 3 });
const award = fc.record({
  id,
  version: count,
  name: prose,
  attachedAt: time,
  appliesToEarlier: fc.boolean(),
  criteria: claims,
  credentialType: fc.record({ id, version: count, occasion: members, claims: members, validity }),
  template: fc.record({ id, version: count, sha256, mediaType: templateMediaType }),
  achievement,
  issuerId: fc.uuid(),
  signatories,
});
const reference = {
  certificateId: fc.uuid(),
  number: id.filter(isShort),
  credentialType: versioned,
  occasion,
  issueNumber: count,
  award: optional(versioned),
};
const change = { ...reference, recipient: fc.record({ learnerId: id, name }), changedAt: time };
const delivery = { endpointId: fc.uuid(), deliveryId: fc.uuid(), eventId: fc.uuid(), eventType: id.filter(isShort) };
const link = fc.constantFrom('https://certificates.example/v/7Jq2', 'http://localhost:8080/v/1');

/** Data of a contract whose members do not depend on the tenant. */
const of = (topic: TopicName, members: Record<string, Arbitrary<unknown>>) => ({
  topic,
  data: () => fc.record(members),
});

/** Data of each contract; a new contract has to be added here, or the last test fails. */
const data: Record<string, { topic: TopicName; data: (tenant: string) => Arbitrary<unknown> }> = {
  'course.completed.v1': {
    topic: 'course.completed',
    data: (tenant) =>
      fc
        .record({
          batchId: id,
          learnerId: id,
          completedAt: time,
          learner: optional(fc.record({ name: optional(name), email })),
          score,
        })
        .map((rest) => ({ enrolmentId: enrolmentId(tenant, rest.batchId, rest.learnerId), ...rest })),
  },
  'certificate.requested.v1': of('certificate.requested.bulk', {
    requestId: fc.uuid(),
    credentialType: versioned,
    occasion,
    issue: fc.oneof(
      fc.constant({ kind: 'first' }),
      fc.record({ kind: fc.constant('replace'), certificateId: fc.uuid() }),
    ),
    recipient: fc.record({ learnerId: id, name, email }),
    claims,
    meta: optional(claims),
    achievement: optional(achievement),
    signatories: optional(signatories),
    timeZone: optional(zone),
    award: optional(versioned),
    template: fc.record({ id, version: count, sha256, mediaType: optional(templateMediaType) }),
    issuerId: fc.uuid(),
    expiresAt: optional(time),
    decidedAt: time,
  }),
  'certificate.issued.v1': of('certificate.issued', {
    ...reference,
    state: fc.constant('issued'),
    requestId: fc.uuid(),
    supersedes: optional(fc.uuid()),
    recipient: fc.record({ learnerId: id, name }),
    issuerId: fc.uuid(),
    issuedAt: time,
    expiresAt: optional(time),
    links: fc.record({ verify: link, pdf: link, credential: link }),
    hashes: fc.record({ pdf: sha256, credential: sha256 }),
  }),
  'tenant.updated.v1': {
    topic: 'tenant.updated',
    data: (tenant) =>
      fc.record({
        id: fc.constant(tenant),
        name: prose,
        timeZone: zone,
        languages: fc.array(fc.constantFrom('en', 'hi', 'pt-BR', 'zh-Hant-TW'), { minLength: 1, maxLength: 3 }),
      }),
  },
  'learner.updated.v1': of('learner.updated', { learnerId: id, name: optional(name), email }),
  'batch.updated.v1': of('batch.updated', {
    batchId: id,
    name: prose,
    course: fc.record({ id, version: count, title: prose }),
    timeZone: zone,
    startsOn: day,
    endsOn: optional(day),
    enrolment: fc.constantFrom('open', 'invite-only'),
    awards: fc.array(award, { maxLength: 2 }),
  }),
  'issuer.updated.v1': of('issuer.updated', { issuerId: fc.uuid(), name: prose, url: link, did: id }),
  'credential-type.published.v1': of('credential-type.published', {
    typeId: id,
    version: count,
    name: prose,
    description: optional(prose),
    input: fc.dictionary(
      member,
      fc.record({ type: fc.constantFrom('string', 'number', 'date', 'instant'), required: fc.boolean() }),
      { maxKeys: 4 },
    ),
    occasion: members,
    claims: members,
    meta: members,
    achievementType: optional(id.filter(isShort)),
    validity,
    qr: fc.constant('url'),
    schema: optional(claims),
  }),
  'template.published.v1': of('template.published', {
    templateId: id,
    version: count,
    title: prose,
    mediaType: templateMediaType,
    sha256,
    slots: fc.array(id.filter(isShort), { maxLength: 4 }),
  }),
  'assessment.scored.v1': of('assessment.scored', {
    enrolmentId: fc.uuid(),
    batchId: id,
    learnerId: id,
    assessmentId: id,
    attemptId: id,
    score: percent,
    scoredAt: time,
  }),
  'certificate.withheld.v1': of('certificate.withheld', {
    enrolmentId: fc.uuid(),
    batchId: id,
    learnerId: id,
    award: versioned,
    clauses,
    decidedAt: time,
  }),
  'certificate.superseded.v1': of('certificate.changed', {
    ...change,
    state: fc.constant('superseded'),
    supersededBy: fc.uuid(),
  }),
  'certificate.revoked.v1': of('certificate.changed', { ...change, state: fc.constant('revoked'), reason: prose }),
  'certificate.suspended.v1': of('certificate.changed', {
    ...change,
    state: fc.constant('suspended'),
    reason: prose,
    until: optional(time),
  }),
  'certificate.reinstated.v1': of('certificate.changed', { ...change, state: fc.constant('issued'), reason: prose }),
  'certificate.failed.v1': of('certificate.failed', {
    ...reference,
    state: fc.constantFrom('failed', 'withdrawn'),
    requestId: fc.uuid(),
    failure: fc.record({ type: fc.constantFrom('template-missing', 'withdrawn'), reason: id }),
    failedAt: time,
  }),
  'webhook.delivered.v1': of('webhook.delivered', {
    ...delivery,
    attempts: count,
    status: fc.integer({ min: 200, max: 299 }),
    deliveredAt: time,
  }),
  'webhook.failed.v1': of('webhook.failed', { ...delivery, attempts: fc.nat(), reason: id, failedAt: time }),
  'endpoint.disabled.v1': of('endpoint.disabled', { endpointId: fc.uuid(), reason: id, disabledAt: time }),
  'proof.recorded.v1': of('proof.recorded', { enrolmentId: fc.uuid(), batchId: id, score, recordedAt: time }),
  'proof.counted.v1': of('proof.counted', { enrolmentId: fc.uuid(), completions: count }),
};

const attribute = fc.stringMatching(/^[!-~]{1,40}$/).filter((each) => !each.startsWith('kafka:'));

function events(type: string): Arbitrary<Event> {
  return fc.constantFrom('acme', 'x1', 'a-very-long-tenant').chain((tenantId) =>
    fc
      .record({
        id: attribute,
        source: attribute,
        time: instant,
        correlationId: attribute,
        causationId: optional(attribute) as Arbitrary<string | undefined>,
        traceparent: fc.constantFrom(undefined, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
        sequence: fc.option(fc.maxSafeNat(), { nil: undefined }),
        data: data[type]!.data(tenantId),
      })
      // What is undefined is not there, in JSON and in headers.
      .map((event) => defined({ ...event, type, tenantId }) as Event),
  );
}

function isShort(each: string): boolean {
  return each.length <= 64;
}

function defined(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || node instanceof Date || Array.isArray(node)) return node;
  const kept = Object.entries(node).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [key, defined(value)]));
}

describe('what is encoded is parsed as it was', () => {
  it.each(Object.entries(data))('%s', (type, { topic }) => {
    const contract = contractsOf(topic)!.get(type)!;
    fc.assert(
      fc.property(events(type), fc.boolean(), (event, asBytes) => {
        assertStrict(contract, event.data);
        const { headers, value } = encodeEvent(event);
        const read = asBytes
          ? Object.fromEntries(Object.entries(headers).map(([key, each]) => [key, Buffer.from(each)]))
          : headers;
        const place = { topic, partition: 1, offset: '2', timestamp: '3', key: null };
        expect(parseRecord({ ...place, value: Buffer.from(value), headers: read })).toEqual({ kind: 'event', event });
      }),
    );
  });

  it('is proven for every contract', async () => {
    const { catalogue } = await import('../catalogue/catalogue.ts');
    expect(catalogue.map(({ type }) => type).sort()).toEqual(Object.keys(data).sort());
  });
});
