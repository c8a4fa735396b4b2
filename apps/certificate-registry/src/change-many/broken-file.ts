import { type FieldError, Problem } from '@laurel/service-kit';
import { changeLimits } from './change-limits.ts';

/** What is wrong in a file, and where. Lines and columns count from 1; the header stands in line 1. */
export interface FileFault {
  readonly line: number;
  /** The cell of the line. */
  readonly column: number;
  /** What is wrong and what would be right, without quoting the cell. */
  readonly fault: string;
}

/** 422 for a file of which anything is wrong: nothing was changed. The first faults are told, each with its place. */
export function brokenFile(faults: readonly FileFault[]): Problem {
  const told = faults.slice(0, changeLimits.faults).map(({ line, column, fault }): FieldError => {
    const detail = `line ${line}, column ${column}: ${fault}`;
    return { in: 'body', pointer: '', code: 'csv', detail };
  });
  const more = faults.length > 1 ? `; and ${faults.length - 1} more of such lines` : '';
  return new Problem(422, {
    code: 'csv-broken',
    detail: `${told[0]?.detail ?? 'The file cannot be read'}${more}. Nothing was changed.`,
    errors: told,
  });
}
