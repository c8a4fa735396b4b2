import type { z } from 'zod';
import { explainIssue } from '../problems/explain-issue.ts';
import type { Environment } from './environment.ts';
import { SettingsError } from './settings-error.ts';
import { settingMeta } from './setting-meta.ts';

/**
 * Parses the environment once, as a whole.
 * Throws a {@link SettingsError} that names every variable that is wrong. No value is ever part of it: what was pasted
 * into the wrong variable may be a secret, too.
 */
export function parseSettings<Schema extends z.ZodObject>(schema: Schema, environment: Environment): z.output<Schema> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = environment[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const result = schema.safeParse(given);
  if (result.success) return Object.freeze(result.data) as z.output<Schema>;
  const fields = schema.shape as Readonly<Record<string, z.core.$ZodType>>;
  const problems = new Map<string, string>();
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? '');
    if (!problems.has(name)) problems.set(name, describe(name, given[name] === undefined, issue, fields[name]));
  }
  throw new SettingsError([...problems.values()]);
}

function describe(name: string, missing: boolean, issue: z.core.$ZodIssue, field: z.core.$ZodType | undefined): string {
  const { description, example } = field ? settingMeta(field) : {};
  const wrong = missing && issue.code !== 'custom' ? 'is missing' : explainIssue(issue, false).replace(/\.$/, '');
  const fix = example === undefined ? '' : ` Set it like ${name}=${example}`;
  return `${name} ${wrong}.${description === undefined ? '' : ` ${description}`}${fix}`;
}
