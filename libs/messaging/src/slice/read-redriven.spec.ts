import type { KafkaRecord } from '@laurel/contracts';
import { describe, expect, test } from 'vitest';
import { readRedriven } from './read-redriven.ts';

const base: KafkaRecord = {
  topic: 'app.course.completed.redrive',
  partition: 0,
  offset: '7',
  timestamp: '2000',
  key: Buffer.from('key'),
  value: Buffer.from('{}'),
  headers: {
    ce_id: Buffer.from('one'),
    laurel_topic: Buffer.from('course.completed'),
    laurel_partition: Buffer.from('11'),
    laurel_offset: Buffer.from('42'),
    laurel_timestamp: Buffer.from('1000'),
    laurel_redrive: Buffer.from('3'),
    laurel_dead_letter: Buffer.from('5'),
    laurel_group: Buffer.from('app.course.completed'),
    tenantid: Buffer.from('acme'),
  },
};

describe('readRedriven', () => {
  test('puts a redriven record where it first stood, with nothing but its own headers', () => {
    expect(readRedriven(base)).toEqual({
      redrive: 3,
      record: {
        ...base,
        topic: 'course.completed',
        partition: 11,
        offset: '42',
        timestamp: '1000',
        headers: { ce_id: Buffer.from('one') },
      },
    });
  });

  test('gives any other record back as it is, whatever its headers say', () => {
    const record = { ...base, topic: 'course.completed' };
    expect(readRedriven(record)).toEqual({ record, redrive: 0 });
  });

  test.each(['laurel_topic', 'laurel_partition', 'laurel_offset'])('leaves a record without %s where it is', (name) => {
    const { [name]: _, ...headers } = base.headers;
    const record = { ...base, headers };
    expect(readRedriven(record)).toEqual({ record, redrive: 1 });
  });

  test.each(['', 'x', '1.5', '-1', '0'])('counts a redrive number of "%s" as the first', (text) => {
    const record = { ...base, headers: { ...base.headers, laurel_redrive: Buffer.from(text) } };
    expect(readRedriven(record).redrive).toBe(1);
  });
});
