import { describe, expect, it } from 'vitest';
import { enrolmentId } from '../identifiers/enrolment-id.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { parseRecord } from './parse-record.ts';

const completion = { batchId: 'rust-101', learnerId: 'asha@example.org', completedAt: '2026-03-01T12:00:00Z' };
const attributes = { specversion: '1.0', id: 'e-1', source: '/lms/of/acme', type: 'course.completed.v1' };

function record(value: unknown, headers: KafkaRecord['headers'] = {}, place: Partial<KafkaRecord> = {}): KafkaRecord {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const at = { topic: 'course.completed', partition: 3, offset: '41', timestamp: '1772366404000', key: null };
  return { ...at, value: bytes, headers, ...place };
}

function binary(data: unknown, given: Record<string, string | Buffer | undefined> = {}): KafkaRecord {
  const all = Object.entries({ ...attributes, ...given }).filter(([, value]) => value !== undefined);
  return record(data, Object.fromEntries(all.map(([name, value]) => [`ce_${name}`, Buffer.from(value)])));
}

function structured(data: unknown, given: Record<string, unknown> = {}): KafkaRecord {
  const headers = { 'content-type': Buffer.from('application/cloudevents+json; charset=UTF-8') };
  return record({ ...attributes, ...given, data }, headers);
}

function eventOf(given: KafkaRecord, defaultTenant?: string) {
  const parsed = parseRecord(given, defaultTenant);
  if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed));
  return parsed.event;
}

describe('a plain record', () => {
  it('is named by where it stands and dated by its timestamp', () => {
    const event = eventOf(record({ tenantId: 'acme', ...completion }));
    expect(event).toMatchObject({
      source: 'kafka:course.completed',
      id: '3:41',
      type: 'course.completed.v1',
      tenantId: 'acme',
    });
    expect(event.time.toISOString()).toBe('2026-03-01T12:00:04.000Z');
    expect(eventOf(record({ tenantId: 'acme', ...completion })).correlationId).toBe(event.correlationId);
    expect(eventOf(record({ tenantId: 'acme', ...completion }, {}, { offset: '42' })).correlationId).not.toBe(
      event.correlationId,
    );
  });

  it('keeps other headers from counting as attributes', () => {
    expect(eventOf(record({ tenantId: 'acme', ...completion }, { 'x-lms': 'moodle' })).id).toBe('3:41');
  });

  it('is malformed where only our own events stand', () => {
    expect(parseRecord(record({ tenantId: 'acme' }, {}, { topic: 'certificate.requested' }))).toEqual({
      kind: 'malformed',
      tenantId: 'acme',
      reason: 'the CloudEvents attributes are missing (ce_specversion, ce_id, …)',
    });
  });

  it('is malformed with a timestamp that is none', () => {
    const parsed = parseRecord(record(completion, {}, { timestamp: '9223372036854775807' }), 'acme');
    expect(parsed).toMatchObject({ kind: 'malformed', reason: 'the timestamp of the record is no time' });
  });
});

describe('the three modes', () => {
  it('lead to one enrolment, whatever the record says about it', () => {
    const lie = { ...completion, enrolmentId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c01' };
    const records = [
      record({ ...lie, tenantId: 'acme' }),
      structured(lie, { tenantid: 'acme' }),
      binary(lie, { tenantid: 'acme' }),
    ];
    const data = { ...completion, enrolmentId: enrolmentId('acme', 'rust-101', 'asha@example.org') };
    expect(records.map((each) => eventOf(each).data)).toEqual([data, data, data]);
  });

  it('drop members that the contract does not know', () => {
    expect(eventOf(record({ ...completion, shoeSize: 44 }), 'acme').data).not.toHaveProperty('shoeSize');
  });

  it('read the last of several headers of one name', () => {
    const headers = { ...binary(completion).headers, ce_id: ['first', Buffer.from('last')] };
    expect(eventOf(record(completion, headers), 'acme').id).toBe('last');
  });

  it('refuse what is no CloudEvent 1.0', () => {
    const reasons = [
      binary(completion, { specversion: '0.3' }),
      binary(completion, { specversion: undefined }),
      structured(completion, { specversion: 1 }),
      structured(completion, { data_base64: 'e30=' }),
      structured(completion, { id: {} }),
      structured(completion, { id: null }),
      record([], { 'content-type': 'application/cloudevents-batch+json' }),
    ].map((each) => parseRecord(each, 'acme'));
    expect(reasons.map((parsed) => parsed.kind === 'malformed' && parsed.reason)).toEqual([
      'the header ce_specversion must be 1.0',
      'the header ce_specversion must be 1.0',
      'specversion must be 1.0',
      'data_base64 is not supported: write the data as JSON in `data`',
      'the attribute id must be a string or a number',
      'the attribute id is missing',
      'a structured CloudEvent must be a JSON object',
    ]);
  });

  it('let strangers have attributes of their own', () => {
    expect(eventOf(structured(completion, { partner: { any: 'thing' }, constructor: 'x' }), 'acme').id).toBe('e-1');
  });
});

describe('the tenant', () => {
  const value = (tenantId?: unknown) => ({ ...completion, ...(tenantId === undefined ? {} : { tenantId }) });
  const outcome = (given: KafkaRecord, defaultTenant?: string) => {
    const parsed = parseRecord(given, defaultTenant);
    return parsed.kind === 'event' ? parsed.event.tenantId : parsed;
  };

  it('comes from the attribute, else from the value, else from the installation', () => {
    expect(outcome(binary(value(), { tenantid: 'acme' }), 'other')).toBe('acme');
    expect(outcome(binary(value('acme')), 'other')).toBe('acme');
    expect(outcome(binary(value('acme'), { tenantid: 'acme' }), 'other')).toBe('acme');
    expect(outcome(binary(value()), 'other')).toBe('other');
    expect(outcome(record(value('acme')), 'other')).toBe('acme');
    expect(outcome(record(value()), 'other')).toBe('other');
  });

  it('must come from somewhere', () => {
    expect(outcome(record(value()))).toEqual({
      kind: 'malformed',
      reason: 'tenantId: missing, and the installation has no DEFAULT_TENANT',
    });
  });

  it('must not be two', () => {
    expect(outcome(binary(value('umbrella'), { tenantid: 'acme' }))).toEqual({
      kind: 'malformed',
      reason: 'tenantId: the value and the attribute tenantid name two tenants',
      tenantId: 'acme',
    });
  });

  it.each(['', 'A', 'Acme', 'acme ', '../acme', 'a'.repeat(41), 7, null, ['acme']])(
    'refuses %j in the value',
    (tenantId) => {
      const parsed = outcome(record(value(tenantId)));
      expect(parsed).toMatchObject({ kind: 'malformed', reason: expect.stringMatching(/^tenantId: /) });
      expect(parsed).not.toHaveProperty('tenantId');
    },
  );

  it.each(['', 'A', 'Acme', '../acme'])('refuses %j in the header, also beside a good one in the value', (tenantid) => {
    expect(outcome(binary(value(), { tenantid }), 'other')).toEqual({
      kind: 'malformed',
      reason: 'tenantId: must be 2 to 40 characters of a-z, 0-9 and -',
    });
    expect(outcome(binary(value('acme'), { tenantid }))).toMatchObject({ kind: 'malformed' });
  });

  it('is told for a malformed record where it can be', () => {
    expect(outcome(record('{"tenantId":"acme"}'))).toMatchObject({ kind: 'malformed', tenantId: 'acme' });
    expect(outcome(record('no JSON', { ce_tenantid: 'acme' }), 'other')).toMatchObject({ tenantId: 'acme' });
    expect(outcome(record('no JSON'), 'other')).toMatchObject({ tenantId: 'other' });
    expect(outcome(record('no JSON'))).toEqual({ kind: 'malformed', reason: 'the value is not JSON' });
    expect(outcome(binary(value('acme'), { specversion: '0.3' }), 'other')).toMatchObject({ tenantId: 'acme' });
    expect(outcome(structured({}, { specversion: '0.3', tenantid: 'acme' }), 'other')).toMatchObject({
      tenantId: 'acme',
    });
    expect(outcome(structured({ tenantId: 'acme' }), 'other')).toMatchObject({ tenantId: 'acme' });
  });
});

describe('attributes', () => {
  const reasonOf = (given: Record<string, string | Buffer | undefined>) => {
    const parsed = parseRecord(binary(completion, given), 'acme');
    return parsed.kind === 'malformed' ? parsed.reason : parsed.kind;
  };

  it('that name the event must be there, short and printable', () => {
    expect(reasonOf({ id: undefined })).toBe('the attribute id is missing');
    expect(reasonOf({ source: '' })).toBe('the attribute source is missing');
    expect(reasonOf({ type: undefined })).toBe('the attribute type is missing');
    expect(reasonOf({ id: 'x'.repeat(513) })).toBe('the attribute id is longer than 512 characters');
    expect(reasonOf({ id: 'a\u0000' })).toBe('the attribute id holds control characters');
    expect(reasonOf({ correlationid: 'a\nb' })).toBe('the attribute correlationid holds control characters');
    expect(reasonOf({ causationid: 'x'.repeat(513) })).toBe('the attribute causationid is longer than 512 characters');
  });

  it('must be UTF-8: replaced bytes would make one id of two', () => {
    expect(reasonOf({ id: Buffer.from([0x61, 0xff]) })).toBe('the header ce_id is not UTF-8');
    const lone = parseRecord(structured(completion, { id: '\ud800' }), 'acme');
    expect(lone).toMatchObject({ kind: 'malformed', reason: 'the attribute id holds control characters' });
  });

  it('cannot take the name of a plain record', () => {
    expect(reasonOf({ source: 'kafka:course.completed', id: '3:41' })).toBe(
      'the attribute source must not begin with kafka:',
    );
  });

  it.each(['', '0', '7', '9007199254740991'])('take the sequence %j', (sequence) => {
    const event = eventOf(binary(completion, { sequence }), 'acme');
    expect(event.sequence).toBe(sequence === '' ? undefined : Number(sequence));
  });

  it.each(['-1', '1.5', '1e3', '0x10', ' 7', 'seven', '9007199254740992'])('refuse the sequence %j', (sequence) => {
    expect(reasonOf({ sequence })).toBe('the attribute sequence must be a whole number');
  });

  it.each([
    ['2026-03-01T17:30:00+05:30', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01t12:00:00z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00.123456789Z', '2026-03-01T12:00:00.123Z'],
  ])('take the time %s', (time, instant) => {
    expect(eventOf(binary(completion, { time }), 'acme').time.toISOString()).toBe(instant);
  });

  it.each(['1', 'March 7', '2026-03-01', '2026-03-01 12:00:00Z', '2026-03-01T12:00:00', '2026-13-01T12:00:00Z'])(
    'refuse the time %s, which the clock of the machine would have to complete',
    (time) => expect(reasonOf({ time })).toMatch(/^the attribute time is no/),
  );

  it('keep a sound trace and drop a broken one', () => {
    const sound = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(eventOf(binary(completion, { traceparent: sound }), 'acme').traceparent).toBe(sound);
    for (const broken of [
      '',
      'x',
      `ff${sound.slice(2)}`,
      sound.replace('b7ad6b7169203331', '0'.repeat(16)),
      `${sound}\n`,
    ]) {
      expect(eventOf(binary(completion, { traceparent: broken }), 'acme')).not.toHaveProperty('traceparent');
    }
  });
});

describe('other outcomes', () => {
  it('is a tombstone without a value', () => {
    expect(parseRecord(record('', {}, { value: null }))).toEqual({ kind: 'tombstone' });
  });

  it('is an unknown type before its data is looked at', () => {
    expect(parseRecord(binary('anything', { type: 'course.completed.v2' }))).toEqual({
      kind: 'unknown-type',
      type: 'course.completed.v2',
    });
    expect(parseRecord(binary({}, { type: 'certificate.issued.v1' })).kind).toBe('unknown-type');
  });

  it('is malformed on a topic without a contract', () => {
    const parsed = parseRecord(record(completion, {}, { topic: 'course.abandoned' }), 'acme');
    expect(parsed).toMatchObject({ kind: 'malformed', reason: 'no contract declares the topic course.abandoned' });
  });
});
