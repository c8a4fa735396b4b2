import { type AssessmentScored, type CourseCompleted, enrolmentId, type Event, stableUuid } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { FactRepository, type ScoreFact } from '../facts/fact.repository.ts';
import type { Completion } from '../standings/standing.ts';
import { type Arrival, StandingRepository } from '../standings/standing.repository.ts';
import { EvaluateAwards } from './evaluate-awards.ts';

/**
 * Keeps facts and decides by them, under the lock of their standings: whichever of two facts comes second sees the first.
 * A fact that comes again, by whichever road, changes nothing.
 */
@Injectable()
export class RecordFacts {
  constructor(
    private readonly standings: StandingRepository,
    private readonly facts: FactRepository,
    private readonly evaluateAwards: EvaluateAwards,
  ) {}

  async completions(transaction: Transaction, events: readonly CourseCompleted[]): Promise<void> {
    const standings = await this.standings.meet(transaction, arrivalsOf(events, completionOf));
    await this.facts.addCompletions(
      transaction,
      events.map(({ tenantId, source, id, time, data }) => ({
        tenant_id: tenantId,
        source,
        event_id: id,
        enrolment_id: data.enrolmentId,
        completed_at: new Date(data.completedAt),
        time,
      })),
    );
    await this.facts.addScores(transaction, events.flatMap(finalAttempt));
    await this.evaluateAwards.run(transaction, standings, { of: 'facts', causeOf: causes(events) });
  }

  async scores(transaction: Transaction, events: readonly AssessmentScored[]): Promise<void> {
    const standings = await this.standings.meet(
      transaction,
      arrivalsOf(events, () => undefined),
    );
    await this.facts.addScores(
      transaction,
      events.map(({ tenantId, data }) => ({
        enrolment_id: enrolmentId(tenantId, data.batchId, data.learnerId),
        assessment_id: data.assessmentId,
        attempt_id: data.attemptId,
        score: data.score,
        scored_at: new Date(data.scoredAt),
      })),
    );
    await this.evaluateAwards.run(transaction, standings, { of: 'facts', causeOf: causes(events) });
  }
}

type Fact = CourseCompleted | AssessmentScored;

/** A completion with a score is an attempt at `final`, named after its event so that it counts once. */
function finalAttempt({ tenantId, source, id, data }: CourseCompleted): ScoreFact[] {
  if (data.score === undefined) return [];
  return [
    {
      enrolment_id: data.enrolmentId,
      assessment_id: 'final',
      attempt_id: `completion:${stableUuid(tenantId, 'attempt', source, id)}`,
      score: data.score,
      scored_at: new Date(data.completedAt),
    },
  ];
}

function completionOf({ time, source, id, correlationId, data }: CourseCompleted): Completion {
  return { completedAt: new Date(data.completedAt), time, source, id, correlationId };
}

/** One arrival per standing: a row is locked once. */
function arrivalsOf<Of extends Fact>(
  events: readonly Of[],
  completionIn: (event: Of) => Completion | undefined,
): Arrival[] {
  const arrivals = new Map<string, Arrival>();
  for (const event of events) {
    const { tenantId, data } = event;
    const { batchId, learnerId } = data;
    // Derived, whatever the record says, so that all roads meet in one standing.
    const id = enrolmentId(tenantId, batchId, learnerId);
    const other = arrivals.get(id);
    arrivals.set(id, {
      tenantId,
      batchId,
      learnerId,
      enrolmentId: id,
      facts: (other?.facts ?? 0) + 1,
      completion: joined(other?.completion, completionIn(event)),
    });
  }
  return [...arrivals.values()];
}

/** As the upsert of a standing joins two reports of one completion. */
function joined(one: Completion | undefined, other: Completion | undefined): Completion | undefined {
  if (!one || !other) return one ?? other;
  const completedAt = one.completedAt < other.completedAt ? one.completedAt : other.completedAt;
  return { ...(isFirst(other, one) ? other : one), completedAt };
}

function isFirst(one: Completion, other: Completion): boolean {
  if (one.time.getTime() !== other.time.getTime()) return one.time < other.time;
  return one.source === other.source ? one.id < other.id : one.source < other.source;
}

function causes(events: readonly Fact[]): (standing: { enrolmentId: string }) => Event | undefined {
  const last = new Map<string, Event>(
    events.map((event) => [enrolmentId(event.tenantId, event.data.batchId, event.data.learnerId), event]),
  );
  return (standing) => last.get(standing.enrolmentId);
}
