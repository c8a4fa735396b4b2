import type { ScoreClause } from './criteria.ts';

/** The scores that clauses leave over: between two ends, each of which may be left out, without some points. */
interface Range {
  low: number;
  isLowIn: boolean;
  high: number;
  isHighIn: boolean;
  readonly without: Set<number>;
}

/**
 * The scores from 0 to 100 for which all of these clauses hold.
 *
 * @returns `isEmpty` where there are none, and the least one as a clause, for another range to be held against
 */
export function scoreRange(clauses: readonly Omit<ScoreClause, 'assessment'>[]): {
  isEmpty: boolean;
  least: Omit<ScoreClause, 'assessment'>;
} {
  const range: Range = { low: 0, isLowIn: true, high: 100, isHighIn: true, without: new Set() };
  for (const { operator, threshold } of clauses) {
    if (operator === '!=') range.without.add(threshold);
    if (operator === '>=' || operator === '=') raise(range, threshold, true);
    if (operator === '>') raise(range, threshold, false);
    if (operator === '<=' || operator === '=') lower(range, threshold, true);
    if (operator === '<') lower(range, threshold, false);
  }
  const { low, isLowIn, high, isHighIn, without } = range;
  const isPoint = low === high && isLowIn && isHighIn;
  const isEmpty = low > high || (low === high && !isPoint) || (isPoint && without.has(low));
  return { isEmpty, least: { operator: isLowIn ? '>=' : '>', threshold: low } };
}

function raise(range: Range, threshold: number, isIn: boolean): void {
  if (threshold < range.low) return;
  range.isLowIn = threshold > range.low ? isIn : range.isLowIn && isIn;
  range.low = threshold;
}

function lower(range: Range, threshold: number, isIn: boolean): void {
  if (threshold > range.high) return;
  range.isHighIn = threshold < range.high ? isIn : range.isHighIn && isIn;
  range.high = threshold;
}
