/** One effect, as it was found: for whom, and which of that one's records it came from. */
export interface Entry {
  readonly key: string;
  readonly sequence: number;
}

export interface LedgerReport {
  readonly lost: string[];
  /** Keys of which a record took effect twice, and effects of records that nobody sent. */
  readonly doubled: string[];
  /** Keys of which a later record took effect before an earlier one. */
  readonly outOfOrder: string[];
}

/** What was sent, to be held against what took effect: nothing lost, nothing doubled, the order of each key kept. */
export class Ledger {
  private readonly sent = new Map<string, number>();

  /** Notes that the records 0 to `count - 1` of a key are sent. */
  send(key: string, count: number): void {
    this.sent.set(key, count);
  }

  /** Adds what another one says was sent. */
  include(other: Ledger): void {
    for (const [key, count] of other.sent) this.sent.set(key, count);
  }

  /** How many records were sent. */
  get total(): number {
    return [...this.sent.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Compares with the effects, in the order in which they took place. */
  compare(entries: readonly Entry[]): LedgerReport {
    const seen = new Map<string, number[]>();
    for (const { key, sequence } of entries) seen.set(key, [...(seen.get(key) ?? []), sequence]);
    const report: LedgerReport = { lost: [], doubled: [], outOfOrder: [] };
    for (const [key, count] of this.sent) {
      const sequences = seen.get(key) ?? [];
      const distinct = new Set(sequences);
      for (let one = 0; one < count; one++) if (!distinct.has(one)) report.lost.push(`${key}#${one}`);
      if (distinct.size !== sequences.length) report.doubled.push(key);
      for (const one of distinct) if (one < 0 || one >= count) report.doubled.push(`${key}#${one} was never sent`);
      if (sequences.some((sequence, at) => at > 0 && sequence < (sequences[at - 1] ?? 0))) report.outOfOrder.push(key);
    }
    for (const key of seen.keys()) if (!this.sent.has(key)) report.doubled.push(`${key} was never sent`);
    return report;
  }
}
