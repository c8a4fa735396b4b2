import { describe, expect, it } from 'vitest';
import { emailAddress } from './email-address.ts';
import { externalId } from './external-id.ts';
import { freeJson } from './free-json.ts';
import { occasion } from './occasion.ts';
import { personName } from './person-name.ts';
import { tenantId } from './tenant-id.ts';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe.each([
  {
    name: 'externalId',
    schema: externalId,
    good: ['7', 'asha@example.org', 'Grade 7 / B', 'बैच-१', '𝒳'.repeat(128), 'a'.repeat(128)],
    bad: [
      '',
      ' ',
      ' a',
      'a ',
      'a\u0000',
      'a\u001fb',
      'a\nb',
      '\ud800',
      'a\u200bb',
      'a'.repeat(129),
      '𝒳'.repeat(129),
      7,
      null,
    ],
  },
  {
    name: 'personName',
    schema: personName,
    good: ['आशा', 'José Ortega y Gasset', '  Asha  ', 'Nguyễn', '𝒳'.repeat(200), 'क्‍ष'],
    bad: ['', '   ', 'A\u0000', 'A\u001b[31m', 'A\nB', '\udc00', 'a'.repeat(201), 7, null],
  },
  {
    name: 'emailAddress',
    schema: emailAddress,
    good: ['asha@example.org', "o'neil+x@sub.example.co.in"],
    bad: ['', 'asha', 'a@b', 'a b@example.org', `${'a'.repeat(250)}@example.org`, 7],
  },
  {
    name: 'tenantId',
    schema: tenantId,
    good: ['acme', 'a1', 'x-y'],
    bad: ['', 'a', 'Acme', 'a_b', 'a'.repeat(41), 'acme\n'],
  },
  {
    name: 'occasion',
    schema: occasion,
    good: [{ batchId: 'b' }, { preEnrolmentCode: 'V-88', dose: '2' }],
    bad: [{}, { 'a b': 'x' }, { '': 'x' }, { 'a\u001f': 'x' }, { a: '' }, { a: 1 }, [], 'a'],
  },
  {
    name: 'freeJson',
    schema: freeJson,
    good: [null, true, 0, -1.5, '', 'आशा', [], {}, { a: [{ b: null }] }, nested(32)],
    bad: [
      undefined,
      NaN,
      Infinity,
      1n,
      new Date(),
      new Map(),
      { a: undefined },
      'a\0',
      ['\ud800'],
      { 'a\0': 1 },
      nested(34),
    ],
  },
])('$name', ({ schema, good, bad }) => {
  it.each(good)('takes %j', (value) => expect(schema.safeParse(value).success).toBe(true));
  it.each(bad.map((value) => [value]))('refuses %o', (value) => expect(schema.safeParse(value).success).toBe(false));
});

it('drops the space around a name', () => {
  expect(personName.parse('  Asha \n')).toBe('Asha');
});

it('does not search a text that is too long for an address', () => {
  const { error } = emailAddress.safeParse('a.'.repeat(500_000));
  expect(error?.issues.map(({ code }) => code)).toEqual(['too_big']);
});

it('refuses free JSON of any depth without an overflow', () => {
  expect(freeJson.safeParse(nested(200_000)).success).toBe(false);
});
