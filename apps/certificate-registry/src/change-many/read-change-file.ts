import { instant, plainText, printable } from '@laurel/contracts';
import { explainIssue } from '@laurel/service-kit';
import { z } from 'zod';
import type { ChangeKind } from '../certificates/change-kind.ts';
import { brokenFile, type FileFault } from './broken-file.ts';
import { type FileRow, readFileRows } from './read-file-rows.ts';

/** A certificate that a file names, as its line says. */
export interface NamedChange {
  readonly line: number;
  readonly column: number;
  /** One of the two. */
  readonly id: string | undefined;
  readonly number: string | undefined;
  readonly reason: string | undefined;
  readonly until: Date | undefined;
}

/** What counts for all lines of a file. */
export interface FileOfChange {
  readonly change: ChangeKind;
  /** For lines without a reason of their own. */
  readonly reason: string | undefined;
  readonly now: Date;
}

const columns = ['certificate', 'reason', 'until'] as const;
const cellOf = { certificate: printable(64), reason: plainText(500), until: instant };
const uuid = z.uuid();

/** Reads the certificates of a file. Throws a 422 with every line that is wrong: line, column, what, and what would be right. */
export function readChangeFile(text: string, file: FileOfChange): NamedChange[] {
  const rows = readFileRows(text, columns, 'certificate');
  if (rows.length === 0)
    throw brokenFile([{ line: 1, column: 1, fault: 'the file names no certificate; write one in each line' }]);
  const faults: FileFault[] = rows.flatMap((row) => faultsOf(row, file));
  if (faults.length > 0) throw brokenFile(faults);
  return rows.map(({ line, cells, places }) => {
    const { certificate = '', reason, until } = cells;
    const isId = uuid.safeParse(certificate).success;
    return {
      ...{ line, column: places['certificate'] ?? 1, reason: reason?.trim() },
      ...{ id: isId ? certificate.toLowerCase() : undefined, number: isId ? undefined : certificate },
      until: until === undefined ? undefined : new Date(until),
    };
  });
}

function faultsOf({ line, cells, places }: FileRow, { change, reason, now }: FileOfChange): FileFault[] {
  const at = (name: string, fault: string) => ({ line, column: places[name] ?? Object.keys(places).length + 1, fault });
  const faults = columns.flatMap((name) => {
    const cell = cells[name];
    const [issue] = cell === undefined ? [] : (cellOf[name].safeParse(cell).error?.issues ?? []);
    return issue ? [at(name, `${name} ${explainIssue(issue, false)}`)] : [];
  });
  if (cells['certificate'] === undefined)
    faults.push(at('certificate', 'certificate is empty; write the id or the number of one'));
  if (cells['reason'] === undefined && reason === undefined)
    faults.push(at('reason', 'reason is missing; write one here, or give one for all lines as the parameter reason'));
  const { until } = cells;
  if (until === undefined || faults.length > 0) return faults;
  if (change !== 'suspend') faults.push(at('until', `until is for a suspension alone; leave it empty to ${change}`));
  else if (new Date(until) <= now)
    faults.push(at('until', 'until is over already; write an instant in the future, or leave it empty'));
  return faults;
}
