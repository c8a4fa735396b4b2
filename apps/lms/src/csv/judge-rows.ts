import { explainIssue } from '@laurel/service-kit';
import type { z } from 'zod';
import type { CsvRow } from './read-csv.ts';
import type { RowVerdict } from './csv-report.ts';

/** A row that can be taken. */
export interface SoundRow<Value> {
  readonly line: number;
  readonly value: Value;
}

/** The rows of a file, told apart. */
export interface JudgedRows<Value> {
  readonly sound: readonly SoundRow<Value>[];
  readonly refused: readonly RowVerdict<never>[];
}

/**
 * Tells the rows that fit a schema from those that do not, each with the column that is wrong and why. A learner who stood
 * in a sound row before is refused too: the first row counts.
 */
export function judgeRows<Schema extends z.ZodType<{ learnerId: string }>>(
  rows: readonly CsvRow[],
  schema: Schema,
): JudgedRows<z.output<Schema>> {
  const sound: SoundRow<z.output<Schema>>[] = [];
  const refused: RowVerdict<never>[] = [];
  const lines = new Map<string, number>();
  for (const { line, cells, fault } of rows) {
    const refuse = (reason: string, field?: string) => {
      const learnerId = (cells['learnerId'] ?? '').slice(0, 128);
      refused.push({ line, learnerId, verdict: 'refused', ...(field === undefined ? {} : { field }), reason });
    };
    if (fault !== undefined) {
      refuse(fault);
      continue;
    }
    const parsed = schema.safeParse(cells);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = String(issue?.path[0] ?? '');
      refuse(cells[field] === undefined ? 'is empty' : issue ? explainIssue(issue, false) : 'is not valid', field);
      continue;
    }
    const { learnerId } = parsed.data;
    const before = lines.get(learnerId);
    if (before !== undefined) {
      refuse(`stands in line ${before} already; that row was taken`, 'learnerId');
      continue;
    }
    lines.set(learnerId, line);
    sound.push({ line, value: parsed.data });
  }
  return { sound, refused };
}
