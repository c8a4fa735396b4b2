import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TopicName } from '../catalogue/catalogue.ts';
import { contractsOf } from '../catalogue/contracts-of.ts';
import { enrolmentId } from '../identifiers/enrolment-id.ts';
import { externalId } from '../identifiers/external-id.ts';
import { personName } from '../identifiers/person-name.ts';
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
const score = optional(fc.double({ min: 0, max: 100, noNaN: true }).map((number) => number + 0));
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
const link = fc.constantFrom('https://certificates.example/v/7Jq2', 'http://localhost:8080/v/1');

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
  'certificate.requested.v1': {
    topic: 'certificate.requested.bulk',
    data: () =>
      fc.record({
        requestId: fc.uuid(),
        credentialType: versioned,
        occasion,
        issue: fc.oneof(
          fc.constant({ kind: 'first' }),
          fc.record({ kind: fc.constant('replace'), certificateId: fc.uuid() }),
        ),
        recipient: fc.record({ learnerId: id, name, email }),
        claims,
        award: optional(versioned),
        template: fc.record({ id, version: count, sha256 }),
        issuerId: fc.uuid(),
        expiresAt: optional(time),
        decidedAt: time,
      }),
  },
  'certificate.issued.v1': {
    topic: 'certificate.issued',
    data: () =>
      fc.record({
        certificateId: fc.uuid(),
        number: id.filter((each) => each.length <= 64),
        state: fc.constant('issued'),
        requestId: fc.uuid(),
        credentialType: versioned,
        occasion,
        issueNumber: count,
        supersedes: optional(fc.uuid()),
        recipient: fc.record({ learnerId: id, name }),
        award: optional(versioned),
        issuerId: fc.uuid(),
        issuedAt: time,
        expiresAt: optional(time),
        links: fc.record({ verify: link, pdf: link, credential: link }),
        hashes: fc.record({ pdf: sha256, credential: sha256 }),
      }),
  },
  'proof.recorded.v1': {
    topic: 'proof.recorded',
    data: () => fc.record({ enrolmentId: fc.uuid(), batchId: id, score, recordedAt: time }),
  },
  'proof.counted.v1': {
    topic: 'proof.counted',
    data: () => fc.record({ enrolmentId: fc.uuid(), completions: count }),
  },
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
