import type { CsvReport, RowVerdict } from './csv-report.ts';
import { csvLimits } from './csv-limits.ts';
import type { JudgedRows, SoundRow } from './judge-rows.ts';

/** What a use case says of a sound row. */
export type Taken<Verdict extends string> = Pick<RowVerdict<Verdict>, 'verdict' | 'field' | 'reason'>;

/**
 * Hands the sound rows on in chunks, each of which `take` writes in one transaction, and reports on all rows in the order of
 * the file. When a chunk fails, those before it stay: the same file may be sent again.
 *
 * @param verdicts every verdict there is, for the summary
 * @param take answers the verdict of each row by learner id
 */
export async function takeRows<Verdict extends string, Value extends { readonly learnerId: string }>(
  { sound, refused }: JudgedRows<Value>,
  verdicts: readonly Verdict[],
  take: (values: readonly Value[]) => Promise<ReadonlyMap<string, Taken<Verdict>>>,
): Promise<CsvReport<Verdict>> {
  const rows: RowVerdict<Verdict>[] = [...refused];
  for (let at = 0; at < sound.length; at += csvLimits.chunk) {
    const chunk: readonly SoundRow<Value>[] = sound.slice(at, at + csvLimits.chunk);
    const taken = await take(chunk.map(({ value }) => value));
    for (const { line, value } of chunk) {
      const verdict = taken.get(value.learnerId);
      if (!verdict) throw new Error(`The row of line ${line} was given no verdict`);
      rows.push({ line, learnerId: value.learnerId, ...verdict });
    }
  }
  rows.sort((a, b) => a.line - b.line);
  const summary = Object.fromEntries([...verdicts, 'refused'].map((verdict) => [verdict, 0])) as Record<
    Verdict | 'refused',
    number
  >;
  for (const { verdict } of rows) summary[verdict] += 1;
  return { rows, summary };
}
