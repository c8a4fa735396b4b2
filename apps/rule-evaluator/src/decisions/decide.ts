import type { ClauseResult } from '@laurel/contracts';
import { evaluateCriteria, type Facts } from '@laurel/rules';
import type { Batch, ReadAward } from '../batches/batch.ts';
import type { Learner } from '../learners/learner.repository.ts';
import type { Completion } from '../standings/standing.ts';

/** What a completion can wait for. */
export type WaitingFor = 'batch' | 'learner' | 'name' | 'score' | 'award' | 'late-award-job';

/** All that is known when a completion is decided. */
export interface Situation {
  readonly completion: Completion;
  readonly scores: Facts['scores'];
  /** Left out: nobody has told of the batch yet. */
  readonly batch: Batch | undefined;
  readonly learner: Learner;
}

/** What an award comes to for a completion; without an award it is the completion itself that waits. */
export type Verdict = { readonly award?: ReadAward; readonly clauses: readonly ClauseResult[] } & (
  | { readonly outcome: 'eligible' | 'withheld'; readonly award: ReadAward }
  | { readonly outcome: 'waiting'; readonly waitingFor: WaitingFor }
);

/**
 * Decides every award of its batch for one completion. Pure: the same situation, the same verdicts.
 *
 * In this order: a late award waits for its job; criteria that only lack attempts wait for a score; criteria that do not
 * hold withhold; who has no name yet waits; the rest is eligible. A completion without a batch, or whose batch has no
 * award, waits for that.
 */
export function decide({ completion, scores, batch, learner }: Situation): Verdict[] {
  if (!batch) return [{ outcome: 'waiting', waitingFor: 'batch', clauses: [] }];
  if (batch.awards.length === 0) return [{ outcome: 'waiting', waitingFor: 'award', clauses: [] }];
  // The word of an LMS that may write is proof of enrolment.
  const facts: Facts = { enrolment: { status: 'completed' }, scores };
  return batch.awards.map((award): Verdict => {
    if (isLate(award, completion) && !award.appliesToEarlier) {
      return { outcome: 'waiting', waitingFor: 'late-award-job', award, clauses: [] };
    }
    const { holds, clauses, awaitsScore } = evaluateCriteria(award.criteria, facts);
    if (awaitsScore) return { outcome: 'waiting', waitingFor: 'score', award, clauses };
    if (!holds) return { outcome: 'withheld', award, clauses };
    if (!learner.isKnown) return { outcome: 'waiting', waitingFor: 'learner', award, clauses };
    if (learner.name === undefined) return { outcome: 'waiting', waitingFor: 'name', award, clauses };
    return { outcome: 'eligible', award, clauses };
  });
}

const isLate = (award: ReadAward, { time }: Completion) => award.attachedAt > time;
