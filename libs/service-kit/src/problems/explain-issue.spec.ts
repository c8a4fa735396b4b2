import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainIssue } from './explain-issue.ts';

const kinds = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]);

describe('explainIssue', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.number(), '7', 'must be a number, without quotes'],
    [z.int(), 7.5, 'must be a whole number, without quotes'],
    [z.boolean(), 'yes', 'must be true or false, without quotes'],
    [z.string(), 7, 'must be a text'],
    [z.array(z.string()), 'a', 'must be a list'],
    [z.object({}), 'a', 'must be an object'],
    [z.record(z.string(), z.string()), 'a', 'must be an object'],
    [z.enum(['a', 'b']), 'c', 'must be one of a, b'],
    [z.literal('a'), 'c', 'must be a'],
    [kinds, { kind: 'c' }, 'must be one of a, b'],
    [z.number().min(1), 0, 'must be at least 1'],
    [z.number().positive(), 0, 'must be more than 0'],
    [z.number().max(100), 101, 'must be at most 100'],
    [z.number().lt(100), 100, 'must be less than 100'],
    [z.number().multipleOf(5), 7, 'must be a multiple of 5'],
    [z.string().min(1), '', 'must not be empty'],
    [z.string().min(2), 'x', 'must have at least 2 characters'],
    [z.string().max(1), 'xx', 'must have at most 1 character'],
    [z.string().length(3), 'x', 'must have exactly 3 characters'],
    [z.string().length(3), 'xxxx', 'must have exactly 3 characters'],
    [z.array(z.string()).max(2), ['a', 'b', 'c'], 'must have at most 2 entries'],
    [z.array(z.string()).min(1), [], 'must not be empty'],
    [z.uuid(), 'x', 'must be a UUID such as 0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c06'],
    [z.email(), 'x', 'must be an e-mail address such as asha@example.org'],
    [z.url(), 'x', 'must be a URL such as https://example.org/'],
    [z.iso.datetime(), 'x', 'must be an instant such as 2026-03-01T12:00:00Z'],
    [z.iso.date(), 'x', 'must be a date such as 2026-03-01'],
    [z.base64(), '?', 'must be of the format base64'],
    [z.string().regex(/^r-/), 'x', 'must match /^r-/'],
    [z.string().startsWith('r-'), 'x', 'must begin with r-'],
    [z.strictObject({}), { asha: 1 }, 'has members that are not known'],
    [z.record(z.string().max(1), z.string()), { asha: 'x' }, 'is no name that is allowed here'],
    [z.custom(() => false), 'asha', 'is not what is allowed here'],
    [z.number('must be a percentage from 0 to 100'), 'x', 'must be a percentage from 0 to 100'],
  ])('says of %o and %j: %s', (schema, value, words) => {
    const [issue] = schema.safeParse(value).error?.issues ?? [];
    expect(explainIssue(issue!, true)).toBe(words);
  });

  it('speaks of quotes in JSON alone', () => {
    expect(explainIssue(z.coerce.number().safeParse('x').error!.issues[0]!, false)).toBe('must be a number');
  });
});
