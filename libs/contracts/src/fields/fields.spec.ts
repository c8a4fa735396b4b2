import { describe, expect, it } from 'vitest';
import { memberName } from './member-name.ts';
import { plainText } from './plain-text.ts';
import { timeZone } from './time-zone.ts';
import { validityPeriod } from './validity-period.ts';
import { webLink } from './web-link.ts';

describe.each([
  {
    name: 'plainText',
    schema: plainText(20),
    good: ['a', 'two\nlines', 'a\tb', 'क्‍ष', '𝒳'.repeat(20), ` ${'a'.repeat(20)} `],
    bad: ['', ' ', '\n', 'a\u0000', 'a\u001b[31m', 'a\r\nb', '\ud800', 'a'.repeat(21), 7, null],
  },
  {
    name: 'timeZone',
    schema: timeZone,
    good: ['UTC', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'],
    bad: ['', 'Mars/Olympus', '+05:30', 'Asia/', ' UTC', 'x'.repeat(65), 7],
  },
  {
    name: 'validityPeriod',
    schema: validityPeriod,
    good: ['P2Y', 'P1Y6M', 'P90D', 'P1Y2M3D'],
    bad: ['', 'P', '2Y', 'P1W', 'PT1H', 'P1D1Y', 'P1.5Y', 'P99999Y', 7],
  },
  {
    name: 'memberName',
    schema: memberName,
    good: ['a', 'batchId', 'pre_code-2'],
    bad: ['', '2a', '__proto__', 'a b', 'a'.repeat(65), 7],
  },
  {
    name: 'webLink',
    schema: webLink,
    good: ['https://a.example/v/1', 'http://localhost:8080/'],
    bad: ['', 'javascript:0', 'ftp://a.example/', '//a.example', 7],
  },
])('$name', ({ schema, good, bad }) => {
  it.each(good)('takes %j', (value) => expect(schema.safeParse(value).success).toBe(true));
  it.each(bad.map((value) => [value]))('refuses %o', (value) => expect(schema.safeParse(value).success).toBe(false));
});

it('drops the space around a text and keeps its lines', () => {
  expect(plainText(20).parse(' first\nsecond \n')).toBe('first\nsecond');
});
