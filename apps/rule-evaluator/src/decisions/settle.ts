import { createHash } from 'node:crypto';
import type { ClauseResult } from '@laurel/contracts';
import type { ReadAward } from '../batches/batch.ts';
import type { Verdict } from './decide.ts';
import type { Decision } from './decision.ts';

/** What verdicts change in what was decided before. */
export interface Settlement {
  /** Decisions to be written. */
  readonly write: Decision[];
  /** Awards whose decisions go: they are no longer in the batch, or the completion no longer waits for one. */
  readonly remove: string[];
  /** Awards for which a certificate is to be requested, for the first and only time. */
  readonly request: ReadAward[];
  /** Awards whose withholding is to be said, with the reasons. */
  readonly withhold: { readonly award: ReadAward; readonly clauses: readonly ClauseResult[] }[];
}

/**
 * Holds the verdicts on one completion against its decisions so far. Pure.
 *
 * What was eligible stays so, whatever comes: its certificate was requested. Withholding is said once, and again only when
 * the reasons change. Waiting goes on since it began, whatever it is for.
 *
 * @param requestIdOf the id of the request for an award
 */
export function settle(
  verdicts: readonly Verdict[],
  before: readonly Decision[],
  factsVersion: number,
  now: Date,
  requestIdOf: (award: ReadAward) => string,
): Settlement {
  const byAward = new Map(before.map((decision) => [decision.awardId, decision]));
  const settlement: Settlement = { write: [], remove: [], request: [], withhold: [] };
  const kept = new Set<string>();
  const hasCertificate = before.some(({ outcome }) => outcome === 'eligible');
  for (const verdict of verdicts) {
    const awardId = verdict.award?.id ?? '';
    // An award that is gone may have given its certificate: then the completion waits for none.
    if (!verdict.award && hasCertificate) continue;
    kept.add(awardId);
    const last = byAward.get(awardId);
    if (last?.outcome === 'eligible') continue;
    const decision = decisionOf(verdict, last ?? byAward.get(''), factsVersion, now, requestIdOf);
    if (last && isSame(last, decision)) continue;
    settlement.write.push(decision);
    if (verdict.outcome === 'eligible') settlement.request.push(verdict.award);
    if (verdict.outcome === 'withheld' && decision.said !== last?.said) {
      settlement.withhold.push({ award: verdict.award, clauses: verdict.clauses });
    }
  }
  for (const { awardId, outcome } of before) {
    if (outcome !== 'eligible' && !kept.has(awardId)) settlement.remove.push(awardId);
  }
  return settlement;
}

function decisionOf(
  verdict: Verdict,
  last: Decision | undefined,
  factsVersion: number,
  now: Date,
  requestIdOf: (award: ReadAward) => string,
): Decision {
  const { outcome, award, clauses } = verdict;
  return {
    awardId: award?.id ?? '',
    outcome,
    waitingFor: outcome === 'waiting' ? verdict.waitingFor : undefined,
    clauses,
    awardVersion: award?.version,
    factsVersion,
    requestId: outcome === 'eligible' ? requestIdOf(verdict.award) : undefined,
    said: outcome === 'withheld' ? inShort(clauses) : last?.said,
    decidedAt: now,
    since: last?.outcome === outcome ? last.since : now,
  };
}

function isSame(one: Decision, other: Decision): boolean {
  return (
    one.outcome === other.outcome &&
    one.waitingFor === other.waitingFor &&
    one.awardVersion === other.awardVersion &&
    inShort(one.clauses) === inShort(other.clauses)
  );
}

/** Equal exactly where the clauses are; the members in one order, which `jsonb` does not keep. */
function inShort(clauses: readonly ClauseResult[]): string {
  const said = clauses.map(({ clause, holds, reason }) => [clause, holds, reason]);
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}
