/** One line of a benchmark, for programs; the table for people shows the same. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** How many times better than what it is compared to, measured in the same run. */
  readonly ratio?: number;
  readonly comparedTo?: string;
  /** What the project promises: the value must not fall below (rates) or rise above (costs) it. */
  readonly least?: number;
}
