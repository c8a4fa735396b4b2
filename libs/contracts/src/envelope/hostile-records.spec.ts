import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import type { Contract } from '../catalogue/contract.ts';
import { encodeEvent } from './encode-event.ts';
import type { HeaderValue, KafkaRecord } from './kafka-record.ts';
import { parseRecord } from './parse-record.ts';

const contracts: readonly Contract[] = catalogue;
const topics = [
  ...contracts.flatMap((contract) => contract.topics.map(({ name }) => name)),
  'no.such.topic',
  '__proto__',
];
const completion = { tenantId: 'acme', batchId: 'b', learnerId: 'l', completedAt: '2026-03-01T12:00:00Z' };

function canaryBug(): string {
  throw new TypeError('quotes what it was given');
}

function record(value: string | Buffer, headers: KafkaRecord['headers'] = {}, topic = 'course.completed'): KafkaRecord {
  return {
    topic,
    partition: 0,
    offset: '0',
    timestamp: '1772366404000',
    key: null,
    value: Buffer.from(value),
    headers,
  };
}

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const hostileText = fc.constantFrom(
  '',
  '\u0000',
  '\ud800',
  '__proto__',
  '1e999',
  '../..',
  '\u202e',
  'x'.repeat(600),
  '{}',
  '[',
);
const headerValue = fc.oneof(
  bytes,
  fc.string(),
  hostileText,
  fc.constant(undefined),
  fc.array(fc.oneof(bytes, fc.string())),
);
const attribute = fc.constantFrom(
  'specversion',
  'id',
  'source',
  'type',
  'time',
  'tenantid',
  'sequence',
  'traceparent',
  '__proto__',
);
const headers = fc
  .dictionary(
    fc.oneof(
      attribute.map((name) => `ce_${name}`),
      fc.constantFrom('content-type', '__proto__', 'constructor', ''),
      fc.string(),
    ),
    headerValue,
  )
  .chain((given) =>
    fc.constantFrom(
      given,
      { ...given, ce_specversion: '1.0' },
      { ...given, 'content-type': 'application/cloudevents+json' },
    ),
  );
const jsonText = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.constantFrom(
    '1e999',
    '-0',
    '"\\ud800"',
    '{"a":1,"a":2}',
    '{"__proto__":{"tenantId":"acme"}}',
    '[[[[',
    'nul',
    '\ufeff{}',
  ),
  fc
    .record({ tenantId: fc.jsonValue(), batchId: fc.jsonValue(), learner: fc.jsonValue(), data: fc.jsonValue() })
    .map((value) => JSON.stringify(value)),
  fc
    .record({
      specversion: fc.constant('1.0'),
      id: fc.jsonValue(),
      type: fc.jsonValue(),
      time: fc.jsonValue(),
      data: fc.jsonValue(),
    })
    .map((value) => JSON.stringify(value)),
);
const value = fc.oneof(
  bytes,
  jsonText.map((text) => Buffer.from(text)),
);

describe('a record of anybody', () => {
  it('never makes the parser throw, nor fail where it should have said no', () => {
    const timestamp = fc.constantFrom('1772366404000', '-1', '', 'x', '9223372036854775807');
    fc.assert(
      fc.property(fc.constantFrom(...topics), value, headers, timestamp, (topic, given, all, time) => {
        const parsed = parseRecord({ ...record(given, all, topic), timestamp: time }, 'acme');
        if (parsed.kind === 'malformed') expect(parsed.reason).not.toContain('the parser failed');
      }),
      { numRuns: 2000 },
    );
  });

  it('is malformed when the parser itself fails', () => {
    const bug = { toString: () => canaryBug() } as unknown as HeaderValue;
    expect(parseRecord(record('{}', { 'content-type': bug }), 'acme')).toEqual({
      kind: 'malformed',
      reason: 'the parser failed: a bug in libs/contracts',
      tenantId: 'acme',
    });
  });

  it.each([
    ['a megabyte of open arrays', '['.repeat(1_000_000)],
    ['arrays within arrays', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['objects within objects', '{"a":'.repeat(160_000) + '1' + '}'.repeat(160_000)],
    ['deep members that nobody reads', `{"tenantId":"acme","x":${'['.repeat(65)}${']'.repeat(65)}}`],
  ])('is malformed as %s, and ends no process', (_, text) => {
    expect(parseRecord(record(text), 'acme')).toMatchObject({
      kind: 'malformed',
      reason: expect.stringMatching(/^the value (is not JSON|nests deeper than 64 levels)$/),
    });
  });

  it('may nest as deep as anyone needs', () => {
    const text = JSON.stringify({ ...completion, x: JSON.parse('['.repeat(60) + ']'.repeat(60)) });
    expect(parseRecord(record(text)).kind).toBe('event');
  });

  it('is malformed with bytes that are no UTF-8: replaced, two learners could become one', () => {
    const given = record(Buffer.from(JSON.stringify({ ...completion, learnerId: 'l\xff' }), 'latin1'));
    expect(parseRecord(given)).toEqual({ kind: 'malformed', reason: 'the value is not UTF-8' });
  });

  it('cannot bring a prototype, at any level and however it is spelt', () => {
    for (const member of ['"__proto__"', '"\\u005f_proto__"']) {
      for (const text of [
        `{${member}:{"tenantId":"acme"}}`,
        JSON.stringify(completion).replace('{', `{"x":[{${member}:1}],`),
      ]) {
        const parsed = parseRecord(record(text), 'acme');
        expect(parsed).toMatchObject({ kind: 'malformed', reason: 'a member must not be named __proto__' });
      }
    }
    expect(({} as { tenantId?: string }).tenantId).toBeUndefined();
  });

  it('means the last of two members with one name, for every reader of the event', () => {
    const twice = JSON.stringify(completion).replace('{', '{"tenantId":"umbrella","learnerId":"first",');
    const parsed = parseRecord(record(twice));
    expect(parsed).toMatchObject({ kind: 'event', event: { tenantId: 'acme', data: { learnerId: 'l' } } });
  });

  it.each([
    ['numbers', { x: Array(450_000).fill(1) }],
    ['objects', { x: Array(110_000).fill({ a: 1 }) }],
    ['a name without end', { learner: { name: 'a '.repeat(450_000) } }],
    ['an address without end', { learner: { email: 'a.'.repeat(450_000) } }],
    ['an id without end', { learnerId: 'a '.repeat(450_000) }],
    ['a time without end', { completedAt: `2026-03-01T12:00:00.${'1'.repeat(900_000)}` }],
  ])('of a megabyte of %s is read in well under a second', (_, member) => {
    const given = record(JSON.stringify({ ...completion, ...member }));
    // The time of this thread, so that a busy machine fails no test.
    const before = process.threadCpuUsage();
    parseRecord(given);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(500);
    expect(given.value!.length).toBeGreaterThan(850_000);
  });
});

describe('a reason', () => {
  const canary = 'CANARY-7f3a';
  const reasonOf = (given: KafkaRecord) => {
    const parsed = parseRecord(given);
    return parsed.kind === 'malformed' ? parsed.reason : '';
  };

  /** The same value with one of its members, at any depth, turned into something else. */
  function variants(node: unknown): unknown[] {
    const others = [
      canary,
      { [canary]: canary },
      { [canary]: 7 },
      [canary],
      `${canary}\u0000`,
      `${canary}@`,
      987654321e9,
      null,
    ];
    if (typeof node !== 'object' || node === null) return others;
    const inner = Object.entries(node).flatMap(([name, member]) =>
      variants(member).map((each) => (Array.isArray(node) ? [each] : { ...node, [name]: each })),
    );
    return [...others, ...inner, ...(Array.isArray(node) ? [] : [{ ...node, [canary]: canary }])];
  }

  it.each(contracts.map((contract) => [contract.type, contract] as const))(
    'for a bad %s never quotes it',
    // A batch with its awards has thousands of variants.
    { timeout: 60_000 },
    (_, contract) => {
      const event = {
        id: 'e',
        source: '/x',
        type: contract.type,
        time: new Date(0),
        tenantId: 'acme',
        correlationId: 'c',
      };
      const reasons = contract.examples.flatMap((example) =>
        variants(example).flatMap((data) => {
          const { headers: all } = encodeEvent({ ...event, data });
          const text = JSON.stringify(data);
          const structured = JSON.stringify({ ...event, specversion: '1.0', tenantid: 'acme', data });
          return [
            reasonOf(record(text, all, contract.topics[0]!.name)),
            reasonOf(record(text, {}, contract.topics[0]!.name)),
            reasonOf(record(structured, { 'content-type': 'application/cloudevents+json' }, contract.topics[0]!.name)),
          ];
        }),
      );
      expect(reasons.filter((reason) => reason !== '').length).toBeGreaterThan(20);
      expect(reasons.filter((reason) => /CANARY|987654321/.test(reason))).toEqual([]);
    },
  );

  it('never quotes an attribute, a header, broken JSON or broken UTF-8', () => {
    const sound = {
      ce_specversion: '1.0',
      ce_id: 'e',
      ce_source: '/x',
      ce_type: 'course.completed.v1',
      ce_tenantid: 'acme',
    };
    const bad = [`${canary}\u0000`, canary.repeat(100), Buffer.from(`${canary}\xff`, 'latin1')];
    const names = Object.keys({ ...sound, ce_time: '', ce_sequence: '', ce_correlationid: '', ce_causationid: '' });
    const reasons = names.flatMap((name) =>
      bad.map((each: HeaderValue) => reasonOf(record(JSON.stringify(completion), { ...sound, [name]: each }))),
    );
    reasons.push(
      reasonOf(record(`{"learnerId": ${canary}`)),
      reasonOf(record(Buffer.from(`"${canary}\xff"`, 'latin1'))),
    );
    reasons.push(
      reasonOf(
        record(JSON.stringify({ [canary]: { [canary]: 1 } }), { 'content-type': 'application/cloudevents+json' }),
      ),
    );
    expect(reasons.filter((reason) => reason === '')).toEqual([]);
    expect(reasons.filter((reason) => reason.includes('CANARY'))).toEqual([]);
  });
});
