import { isDeepStrictEqual } from 'node:util';
import { safeParse, type z } from 'zod';
import { baseSettings } from './base-settings.ts';
import { databaseSettings } from './database-settings.ts';
import { settingMeta } from './setting-meta.ts';

/** What the settings page needs of one service; a service definition fits. */
export interface DescribedService {
  readonly name: string;
  readonly settings: z.ZodObject;
}

/**
 * Renders docs/settings.md: the settings of every service, those of services with a database, then each service's own.
 * Throws for a setting without a description, and for one whose default nobody could write, naming it.
 */
export function renderSettingsPage(apps: readonly DescribedService[]): string {
  const sections = [
    '# Settings',
    'Generated from the code; do not edit. A setting is an environment variable, read once at start. An empty value counts',
    'as not set. A service that finds one wrong names every wrong one and does not start. Secrets are never logged.',
    '',
    '## Every service',
    table('every service', baseSettings),
    '',
    '## Services with a database',
    table('services with a database', databaseSettings),
  ];
  for (const { name, settings } of apps.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const own = Object.keys(settings.shape).length === 0 ? 'It has no settings of its own.' : table(name, settings);
    sections.push('', `## ${name}`, own);
  }
  return `${sections.join('\n')}\n`;
}

function table(owner: string, schema: z.ZodObject): string {
  const rows = Object.entries(schema.shape as Readonly<Record<string, z.core.$ZodType>>).map(([name, field]) => {
    const { description, example, secret, optional, defaultValue } = settingMeta(field);
    if (!description)
      throw new Error(`The setting ${name} of ${owner} has no description: add .meta({ description }).`);
    const shown = secret
      ? 'secret'
      : optional
        ? 'none'
        : defaultValue === undefined
          ? 'must be set'
          : written(name, owner, field, defaultValue);
    return `| \`${name}\` | ${shown} | ${cell(description)} | ${example === undefined ? '' : `\`${cell(example)}\``} |`;
  });
  return ['', '| name | default | meaning | example |', '|---|---|---|---|', ...rows].join('\n');
}

/** A default as one would write it, which the setting must read as that default: `.default` may hold what a transform made. */
function written(name: string, owner: string, field: z.core.$ZodType, value: unknown): string {
  const text = Array.isArray(value) ? value.join(',') : String(value);
  const read = safeParse(field, text);
  if (!read.success || !isDeepStrictEqual(read.data, safeParse(field, undefined).data)) {
    throw new Error(
      `The default of ${name} of ${owner} would be read as something else: give it as one writes it, by .prefault('…').`,
    );
  }
  return text === '' ? 'empty' : `\`${cell(text)}\``;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
