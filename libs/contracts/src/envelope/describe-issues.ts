import { z } from 'zod';

const knownNames = new WeakMap<z.core.$ZodType, Set<string>>();

/**
 * What is wrong with a value, by path: `score: Too big: expected number to be <=100`. Never quotes the value, and of
 * member names only those that the schema knows: where names are free, a name may be a person's. The others are `*`.
 */
export function describeIssues(error: z.core.$ZodError, schema: z.core.$ZodType): string {
  const known = namesIn(schema);
  return error.issues
    .slice(0, 5)
    .map((issue) => {
      const path = issue.path.map((step) => (typeof step === 'number' || known.has(String(step)) ? String(step) : '*'));
      return `${path.join('.') || 'the value'}: ${messageOf(issue)}`;
    })
    .join('; ');
}

function messageOf(issue: z.core.$ZodIssue): string {
  // The only message of zod that quotes what it was given.
  return issue.code === 'unrecognized_keys' ? 'has members that the contract does not know' : issue.message;
}

function namesIn(schema: z.core.$ZodType): Set<string> {
  const kept = knownNames.get(schema);
  if (kept) return kept;
  const names = new Set<string>();
  collect(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), names);
  knownNames.set(schema, names);
  return names;
}

function collect(node: unknown, names: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  const { properties } = node as { properties?: unknown };
  if (typeof properties === 'object' && properties !== null)
    for (const name of Object.keys(properties)) names.add(name);
  for (const inner of Object.values(node)) collect(inner, names);
}
