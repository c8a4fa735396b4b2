import type { CertificateRequested, CertificateWithheld, Event } from '@laurel/contracts';
import { type NewEvent, Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { BatchRepository } from '../batches/batch.repository.ts';
import { certificateRequest } from '../decisions/certificate-request.ts';
import { decide, type Situation } from '../decisions/decide.ts';
import { DecisionRepository, type PlacedDecision } from '../decisions/decision.repository.ts';
import { requestIdOf } from '../decisions/request-id-of.ts';
import { settle } from '../decisions/settle.ts';
import { FactRepository } from '../facts/fact.repository.ts';
import { LearnerRepository } from '../learners/learner.repository.ts';
import type { Completion, Standing } from '../standings/standing.ts';

/** Why standings are decided: facts arrived, or a job works through what waits. */
export type Occasion = { readonly causeOf?: (standing: Standing) => Event | undefined } & (
  { readonly of: 'facts' } | { readonly of: 'job'; readonly isBulk: boolean }
);

type CompletedStanding = Standing & { readonly completion: Completion };

/** Decides standings that this transaction holds locked, and says what comes of it. */
@Injectable()
export class EvaluateAwards {
  constructor(
    private readonly batches: BatchRepository,
    private readonly learners: LearnerRepository,
    private readonly facts: FactRepository,
    private readonly decisions: DecisionRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Before its completion nothing is decided of a standing: there is nothing to withhold yet. */
  async run(transaction: Transaction, standings: readonly Standing[], occasion: Occasion): Promise<void> {
    const completed = standings.filter((standing): standing is CompletedStanding => standing.completion !== undefined);
    if (completed.length === 0) return;
    const batchOf = await this.batches.share(transaction, completed);
    const learnerOf = await this.learners.share(transaction, distinctLearners(completed));
    const scores = await this.facts.scoresOf(
      transaction,
      completed.map(({ enrolmentId }) => enrolmentId),
    );
    const decided = Map.groupBy(
      await this.decisions.of(
        transaction,
        completed.filter(({ isNew }) => !isNew),
      ),
      enrolmentKey,
    );
    const now = new Date();
    const changes = new Changes();
    for (const standing of completed) {
      const { tenantId, batchId, learnerId, enrolmentId, completion } = standing;
      const situation: Situation = {
        completion,
        scores: scores.get(enrolmentId) ?? {},
        batch: batchOf(tenantId, batchId),
        learner: learnerOf(tenantId, learnerId),
      };
      changes.add(standing, situation, decided.get(enrolmentKey(standing)) ?? [], now, occasion);
    }
    await this.decisions.write(transaction, changes.write);
    await this.decisions.remove(transaction, changes.remove);
    await this.outbox.add(transaction, 'certificate.requested', changes.requested);
    await this.outbox.add(transaction, 'certificate.requested.bulk', changes.requestedInBulk);
    await this.outbox.add(transaction, 'certificate.withheld', changes.withheld);
  }
}

/** What the standings of one transaction change, gathered to be written at once. */
class Changes {
  readonly write: PlacedDecision[] = [];
  readonly remove: (CompletedStanding & { awardId: string })[] = [];
  readonly requested: NewEvent<CertificateRequested>[] = [];
  readonly requestedInBulk: NewEvent<CertificateRequested>[] = [];
  readonly withheld: NewEvent<CertificateWithheld>[] = [];

  add(
    standing: CompletedStanding,
    situation: Situation,
    before: readonly PlacedDecision[],
    now: Date,
    occasion: Occasion,
  ): void {
    const { tenantId, batchId, learnerId, enrolmentId, version } = standing;
    const { batch, learner } = situation;
    const requestId = (award: Parameters<typeof requestIdOf>[2]) => {
      if (!batch) throw new Error('An award without its batch cannot be eligible');
      return requestIdOf(standing, batch, award);
    };
    const { write, remove, request, withhold } = settle(decide(situation), before, version, now, requestId);
    this.write.push(...write.map((decision) => ({ ...decision, tenantId, batchId, learnerId })));
    this.remove.push(...remove.map((awardId) => ({ ...standing, awardId })));
    if (request.length === 0 && withhold.length === 0) return;
    const cause = causeOf(standing, occasion);
    for (const award of request) {
      if (!batch || learner.name === undefined) throw new Error('An eligible completion has a batch and a name');
      const named = { ...situation, batch, learner: { ...learner, name: learner.name } };
      const isBulk = occasion.of === 'job' && (occasion.isBulk || award.attachedAt > standing.completion.time);
      const lane = isBulk ? this.requestedInBulk : this.requested;
      lane.push({ tenantId, cause, data: certificateRequest(standing, named, award, now) });
    }
    for (const { award, clauses } of withhold) {
      const { id, version: awardVersion } = award;
      const what = { enrolmentId, batchId, learnerId, award: { id, version: awardVersion } };
      this.withheld.push({
        tenantId,
        cause,
        data: { ...what, clauses: [...clauses], decidedAt: now.toISOString() },
      });
    }
  }
}

/** One correlation leads from the completion to its end; what a job releases is caused by the completion itself. */
function causeOf(standing: CompletedStanding, occasion: Occasion): Event {
  const { completion, tenantId } = standing;
  const { correlationId, id, source, time } = completion;
  const cause = occasion.causeOf?.(standing) ?? { id, source, type: 'course.completed.v1', time, tenantId, data: {} };
  return { ...cause, correlationId };
}

const enrolmentKey = (of: { tenantId: string; batchId: string; learnerId: string }) =>
  `${of.tenantId}\u001f${of.batchId}\u001f${of.learnerId}`;

const distinctLearners = (standings: readonly Standing[]) => [
  ...new Map(
    standings.map(({ tenantId, learnerId }) => [`${tenantId}\u001f${learnerId}`, { tenantId, learnerId }]),
  ).values(),
];
