import { crashPoint } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DecisionRepository } from '../decisions/decision.repository.ts';
import { EvaluateAwards } from '../evaluate-award/evaluate-awards.ts';
import type { Standing } from '../standings/standing.ts';
import { StandingRepository } from '../standings/standing.repository.ts';
import { type Reevaluation, ReevaluationRepository } from './reevaluation.repository.ts';

/** Standings that one transaction decides again. */
const mostStandings = 200;
/** Rows that a job may write ahead of the outbox. */
const mostAhead = 1_000;

/** Decides the next standings of a job again. */
@Injectable()
export class ReevaluateStandings {
  constructor(
    private readonly reevaluations: ReevaluationRepository,
    private readonly standings: StandingRepository,
    private readonly decisions: DecisionRepository,
    private readonly evaluateAwards: EvaluateAwards,
  ) {}

  /** @returns `full` when the outbox has to be drained before it goes on */
  async run(transaction: Transaction, job: Reevaluation): Promise<'done' | 'more' | 'full'> {
    if (await this.reevaluations.isOvertaken(transaction, job)) {
      await this.reevaluations.remove(transaction, [job]);
      return 'done';
    }
    const ahead = await this.reevaluations.waitingInOutbox(transaction, job.isBulk, mostAhead);
    // Every standing may say as many events as there are awards.
    const limit = Math.min(mostStandings, Math.floor((mostAhead - ahead) / Math.max(1, job.awards)));
    if (limit === 0) return 'full';
    if ('learnerId' in job.of && job.doneTo === '' && (await this.learnersTogether(transaction, limit))) return 'more';
    const standings = await this.next(transaction, job, limit);
    await this.evaluateAwards.run(transaction, standings, { of: 'job', isBulk: job.isBulk });
    const last = standings.at(-1);
    if (!last || standings.length < limit) await this.reevaluations.remove(transaction, [job]);
    else await this.reevaluations.proceed(transaction, job, 'batchId' in job.of ? last.learnerId : last.batchId);
    crashPoint('reevaluation.in-transaction');
    return standings.length < limit ? 'done' : 'more';
  }

  /**
   * The jobs of many learners in one transaction: each has a standing or two, as a rule.
   *
   * @returns false where they have more than can be decided at once; then each goes by itself
   */
  private async learnersTogether(transaction: Transaction, limit: number): Promise<boolean> {
    const jobs = await this.reevaluations.takeLearners(transaction, limit);
    const keys = await this.decisions.waitingForLearners(transaction, jobs, limit + 1);
    if (jobs.length === 0 || keys.length > limit) return false;
    const standings = await this.standings.lock(transaction, keys);
    await this.evaluateAwards.run(transaction, standings, { of: 'job', isBulk: false });
    await this.reevaluations.remove(transaction, jobs);
    return true;
  }

  private next(transaction: Transaction, { tenantId, of, doneTo }: Reevaluation, limit: number): Promise<Standing[]> {
    return 'batchId' in of
      ? this.standings.nextOfBatch(transaction, tenantId, of.batchId, doneTo, limit)
      : this.standings.nextOfLearner(transaction, tenantId, of.learnerId, doneTo, limit);
  }
}
