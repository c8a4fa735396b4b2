import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../../demo/learners.csv', import.meta.url));

/** The learners of the demo as the CSV that is uploaded. */
export function cohortCsv(): string {
  return readFileSync(file, 'utf8');
}
