/** What became of one row of a file. */
export interface RowVerdict<Verdict extends string> {
  /** Where the row begins in the file; the header stands in line 1. */
  readonly line: number;
  readonly learnerId: string;
  readonly verdict: Verdict | 'refused';
  /** The column that is wrong; left out where it is the whole row. */
  readonly field?: string;
  /** What is wrong and what would be right. */
  readonly reason?: string;
}

/** What became of a file. */
export interface CsvReport<Verdict extends string> {
  readonly rows: readonly RowVerdict<Verdict>[];
  /** The number of rows by verdict. */
  readonly summary: Readonly<Record<Verdict | 'refused', number>>;
}
