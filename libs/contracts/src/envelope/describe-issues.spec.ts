import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeIssues } from './describe-issues.ts';

const describeIn = (schema: z.ZodType, value: unknown) => describeIssues(schema.safeParse(value).error!, schema);

describe('what is wrong with a value', () => {
  it('is said by path, with the names and places that the schema knows', () => {
    const schema = z.object({ a: z.array(z.object({ b: z.number() })), free: z.record(z.string(), z.number()) });
    expect(describeIn(schema, { a: [{ b: 1 }, { b: 'CANARY' }], free: { CANARY: 'CANARY' } })).toBe(
      'a.1.b: Invalid input: expected number, received string; free.*: Invalid input: expected number, received string',
    );
    expect(describeIn(schema, 'CANARY')).toBe('the value: Invalid input: expected object, received string');
  });

  it('leaves out the names that a strict schema would quote', () => {
    expect(describeIn(z.strictObject({ a: z.number() }), { a: 1, CANARY: 2 })).toBe(
      'the value: has members that the contract does not know',
    );
  });

  it('stops after five', () => {
    const schema = z.object(Object.fromEntries([...'abcdefgh'].map((name) => [name, z.number()])));
    expect(describeIn(schema, {}).split('; ')).toHaveLength(5);
  });
});
