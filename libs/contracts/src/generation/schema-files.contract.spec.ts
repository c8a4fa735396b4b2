import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import type { Contract } from '../catalogue/contract.ts';
import { personalFields } from './personal-fields.ts';
import { schemaFiles } from './schema-files.ts';

// A schema of its own per test would hide that two of them cannot stand in one registry.
const ajv = new Ajv2020({ strict: true, allErrors: false });
formats.default(ajv);
ajv.addKeyword({ keyword: 'x-personal-data', schemaType: 'boolean' });

const files = schemaFiles();
const pairs = (catalogue as readonly Contract[]).flatMap((contract) => {
  const foreign = contract.wire && { name: `${contract.type}.plain`, zod: contract.wire.schema };
  return [{ name: contract.type, zod: contract.data }, ...(foreign ? [foreign] : [])].map((pair) => ({
    ...pair,
    examples: contract.examples,
    accepts: ajv.compile(files[pair.name]!),
  }));
});

const others = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    101,
    2 ** 53,
    1e300,
    '',
    ' ',
    ' x',
    'x ',
    'x\u0000',
    'x\n',
    '\ud800',
    'x'.repeat(129),
    'x'.repeat(300),
  ],
  ...[
    '𝒳'.repeat(128),
    '𝒳'.repeat(129),
    '𝒳'.repeat(201),
    'आशा',
    'asha@example.org',
    'asha@',
    '2026-02-30T12:00:00Z',
    '2026-03-01',
  ],
  ...[
    '2026-03-01T12:00:00',
    '2026-03-01T12:00:00+05:30',
    '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c01',
    'http://x.example/',
    'javascript:0',
  ],
  ...[[], {}, [1], { kind: 'first' }, { kind: 'replace' }, { kind: 'other' }, { a: 'b' }, { 'a b': 'c' }, { a: 1 }],
];

/** The value with one member or item, at any depth, removed, replaced or joined by an unknown one. */
function variants(node: unknown): unknown[] {
  if (typeof node !== 'object' || node === null) return others;
  if (Array.isArray(node)) {
    return [...others, ...node.flatMap((item, at) => variants(item).map((each): unknown => node.with(at, each)))];
  }
  const entries = Object.entries(node);
  return [
    ...others,
    { ...node, unknown: 1 },
    ...entries.map(([name]) => Object.fromEntries(entries.filter(([each]) => each !== name))),
    ...entries.flatMap(([name, member]) => variants(member).map((each) => ({ ...node, [name]: each }))),
  ];
}

describe.each(pairs)('the JSON Schema of $name', ({ name, zod, examples, accepts }) => {
  it('accepts the examples', () => {
    for (const example of examples) expect(accepts(example), ajv.errorsText(accepts.errors)).toBe(true);
  });

  it('agrees with the parser on thousands of variants', { timeout: 60_000 }, () => {
    const all = examples
      .flatMap(variants)
      .map((value) => ({ value, schema: accepts(value), parser: zod.safeParse(value) }));
    expect(all.filter(({ schema, parser, value }) => schema && !parser.success && !isBeyondSchema(value))).toEqual([]);
    // The parser takes more by one thing, the space around a name: without it, the schema says yes too.
    expect(all.filter(({ schema, parser }) => !schema && parser.success && !accepts(parser.data))).toEqual([]);
    expect(all.filter(({ schema }) => !schema).length).toBeGreaterThan(all.length / 3);
  });

  it('keeps the marks of personal data, and refuses nobody for a member it does not know', () => {
    expect(JSON.stringify(files[name]).includes('"x-personal-data":true')).toBe(personalFields(zod).length > 0);
    expect(accepts({ ...(examples[0] as object), unknown: { any: 'thing' } })).toBe(true);
  });
});

/** What no JSON Schema can say of free JSON: texts that PostgreSQL cannot keep. */
function isBeyondSchema(value: unknown): boolean {
  const { claims, meta, awards } = (value ?? {}) as { claims?: unknown; meta?: unknown; awards?: unknown };
  const rules = Array.isArray(awards) ? awards.map((each) => (each as { criteria?: unknown } | null)?.criteria) : [];
  return /\\u0000|\\ud800/.test(JSON.stringify([claims, meta, rules]));
}
