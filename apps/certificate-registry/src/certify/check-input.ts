import { instant, plainText } from '@laurel/contracts';
import { explainIssue, type FieldError } from '@laurel/service-kit';
import { z } from 'zod';
import type { KnownCredentialType } from '../known-assets/known-asset.repository.ts';

const rules = {
  string: { schema: plainText(2_000), detail: 'must be a text of 1 to 2000 characters without control characters' },
  number: { schema: z.number(), detail: 'must be a number, without quotes' },
  date: { schema: z.iso.date(), detail: 'must be a date such as 2026-03-01' },
  instant: { schema: instant, detail: 'must be an instant such as 2026-03-01T12:00:00Z' },
};

/**
 * Compares an input with what its credential type asks for, down to the type's own JSON Schema.
 *
 * @returns every wrong member with its fix; none when the input is right
 */
export function checkInput(type: KnownCredentialType, input: Readonly<Record<string, string | number>>): FieldError[] {
  const errors: FieldError[] = [];
  const add = (name: string, code: string, detail: string) =>
    errors.push({ in: 'body', pointer: `/input/${name}`, code, detail });
  for (const [name, { type: kind, required }] of Object.entries(type.input)) {
    const { schema, detail } = rules[kind];
    if (!Object.hasOwn(input, name)) {
      if (required) add(name, 'missing', `is missing (${detail})`);
    } else if (!schema.safeParse(input[name]).success) add(name, 'invalid', detail);
  }
  const known = Object.keys(type.input).join(', ');
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(type.input, name)) {
      add(name, 'unknown', `is not asked for by ${type.typeId} version ${type.version}; it takes ${known}`);
    }
  }
  return errors.length > 0 ? errors : bySchema(type, input);
}

function bySchema(type: KnownCredentialType, input: object): FieldError[] {
  if (type.schema === undefined) return [];
  const result = z.fromJSONSchema(type.schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(input);
  return (result.error?.issues ?? []).map(({ path, code, ...issue }) => ({
    in: 'body',
    pointer: ['/input', ...path.map(String)].join('/'),
    code: code ?? 'invalid',
    detail: `${explainIssue({ ...issue, code }, true)} (the schema of ${type.typeId} version ${type.version})`,
  }));
}
