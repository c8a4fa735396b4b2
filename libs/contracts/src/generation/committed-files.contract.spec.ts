import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRecord } from '../envelope/parse-record.ts';
import { generatedFiles } from './generated-files.ts';
import { type GoldenFile, goldenFiles } from './golden-files.ts';

const root = join(import.meta.dirname, '../../../..');
const committed = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null);
const there = (pattern: string) => globSync(pattern, { cwd: root }).map((path) => path.replaceAll('\\', '/'));

describe('committed files', () => {
  it('are what the contracts make today, and no others', () => {
    const made = generatedFiles();
    expect(Object.fromEntries(Object.keys(made).map((path) => [path, committed(path)]))).toEqual(made);
    expect(there('libs/contracts/generated/**/*.{json,txt}').sort()).toEqual(Object.keys(made).sort());
  });

  it('hold every example as a golden file, unchanged', () => {
    const made = goldenFiles(committed);
    expect(Object.keys(made).filter((path) => committed(path) === null)).toEqual([]);
  });
});

/** Every file there is, also those whose example or contract is gone: whoever holds the record still reads it. */
describe('what was published once is read for ever', () => {
  it.each(there('libs/contracts/golden/**/*.json'))('%s', (path) => {
    const { records, key, ...place } = JSON.parse(committed(path)!) as GoldenFile;
    for (const { headers, value, event } of records) {
      const bytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]));
      const record = { ...place, key: Buffer.from(key), headers: bytes, value: Buffer.from(value) };
      // A later parser may know more about the event, never less.
      expect(parseRecord(record)).toMatchObject({ kind: 'event', event: { ...event, time: new Date(event.time) } });
    }
    expect(records.length).toBeGreaterThan(1);
  });
});
