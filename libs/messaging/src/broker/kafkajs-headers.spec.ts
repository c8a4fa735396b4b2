import type { IHeaders } from 'kafkajs';
import { describe, expect, test } from 'vitest';
import { kafkajsHeaders } from './kafkajs-headers.ts';

const one = Buffer.from('one');
const two = Buffer.from('two');

describe('kafkajsHeaders', () => {
  test('keeps single and repeated values', () => {
    expect(kafkajsHeaders({ single: one, many: [one, two] })).toEqual({ single: one, many: [one, two] });
    expect(kafkajsHeaders(undefined)).toEqual({});
  });

  test('drops what no producer wrote: nulls, and members that every object has', () => {
    // As kafkajs decodes them.
    const decoded = {
      ['__proto__']: [Object.prototype, one],
      constructor: [Object, one, two],
      empty: null,
      holed: [one, null],
    } as unknown as IHeaders;
    expect(Object.entries(kafkajsHeaders(decoded))).toEqual([
      ['__proto__', one],
      ['constructor', [one, two]],
      ['holed', one],
    ]);
  });
});
