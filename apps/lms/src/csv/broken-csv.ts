import { Problem } from '@laurel/service-kit';

/** 422 for a file that cannot be read as a whole: nothing of it was taken. `column` counts from 1. It quotes no cell. */
export function brokenCsv(place: { readonly line: number; readonly column?: number }, fault: string): Problem {
  const where = place.column === undefined ? `line ${place.line}` : `line ${place.line}, column ${place.column}`;
  const detail = `${where}: ${fault}`;
  return new Problem(422, {
    code: 'csv-broken',
    detail: `${detail}. Nothing of the file was taken.`,
    errors: [{ in: 'body', pointer: '', code: 'csv', detail }],
  });
}
