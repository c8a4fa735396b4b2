import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { catalogue } from '../catalogue/catalogue.ts';
import type { Contract } from '../catalogue/contract.ts';
import { personal } from '../catalogue/personal.ts';
import { personalFields } from './personal-fields.ts';

const contracts: readonly Contract[] = catalogue;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What architecture section 3 allows, and which fields of it. Another one is a decision, not a line in this table. */
const allowed: Record<string, string[]> = {
  'course.completed': ['learner.email', 'learner.name'],
  'certificate.requested': ['recipient.email', 'recipient.name'],
  'certificate.issued': ['recipient.name'],
  'certificate.superseded': ['recipient.name'],
  'certificate.revoked': ['recipient.name'],
  'certificate.suspended': ['recipient.name'],
  'certificate.reinstated': ['recipient.name'],
  'learner.updated': ['email', 'name'],
};

describe('personal data', () => {
  it.each(contracts.map((contract) => [contract.type, contract] as const))(
    'stands in %s only where it may',
    (_, contract) => {
      const schemas = [contract.data, ...(contract.wire ? [contract.wire.schema] : [])];
      for (const schema of schemas) expect(personalFields(schema)).toEqual(allowed[contract.fact] ?? []);
    },
  );

  it.each(contracts.map((contract) => [contract.type, contract] as const))('leads to no key of %s', (_, contract) => {
    for (const example of contract.examples) {
      const key = contract.key.from('acme', example);
      expect(key).toMatch(uuid);
      const changed = personalFields(contract.data).reduce((data, path) => replaced(data, path.split('.')), example);
      if (personalFields(contract.data).length > 0) expect(changed).not.toEqual(example);
      expect(contract.key.from('acme', changed)).toBe(key);
    }
  });

  it('is found wherever it is marked', () => {
    const name = personal(z.string());
    const schema = z.object({
      list: z.array(z.object({ name })),
      byKey: z.record(z.string(), name),
      either: z.union([z.object({ a: name.optional() }), z.object({ b: name.nullable() })]),
      open: z.string(),
    });
    expect(personalFields(schema)).toEqual(['byKey.*', 'either.a', 'either.b', 'list.*.name']);
  });
});

function replaced(data: unknown, [name, ...rest]: string[]): unknown {
  if (name === undefined) return 'someone.else@example.org';
  const node = (data ?? {}) as Record<string, unknown>;
  return { ...node, [name]: replaced(node[name], rest) };
}
