import {
  type AssessmentScored,
  type Award,
  type BatchUpdated,
  batchUpdated,
  type CourseCompleted,
  enrolmentId,
  type LearnerUpdated,
} from '@laurel/contracts';
import { Outbox } from '@laurel/messaging';
import { type Transaction, UnitOfWork } from '@laurel/persistence';
import { createLogger } from '@laurel/service-kit';
import type { DataSource } from 'typeorm';
import { BatchRepository } from '../batches/batch.repository.ts';
import { DecisionRepository, type PlacedDecision } from '../decisions/decision.repository.ts';
import { FactRepository } from '../facts/fact.repository.ts';
import { FollowBatches } from '../follow-batch/follow-batches.ts';
import { FollowLearners } from '../follow-learner/follow-learners.ts';
import { LearnerRepository } from '../learners/learner.repository.ts';
import { ReevaluateStandings } from '../reevaluate/reevaluate-standings.ts';
import { ReevaluationRepository } from '../reevaluate/reevaluation.repository.ts';
import { Reevaluator } from '../reevaluate/reevaluator.ts';
import { StandingRepository } from '../standings/standing.repository.ts';
import { EvaluateAwards } from './evaluate-awards.ts';
import { RecordFacts } from './record-facts.ts';

const [example] = batchUpdated.examples;
const exampleAward = example?.awards[0] as Award;

let tenants = 0;

/** The use cases as the service has them, on a real database, for one tenant that no other test has. */
export class EvaluatorScene {
  readonly tenantId = `tenant-${++tenants}`;
  readonly unitOfWork: UnitOfWork;
  private readonly repository: DecisionRepository;
  private readonly reevaluations: ReevaluationRepository;
  private readonly record: RecordFacts;
  private readonly again: ReevaluateStandings;
  private readonly followBatches: FollowBatches;
  private readonly followLearners: FollowLearners;

  constructor(private readonly dataSource: DataSource) {
    this.unitOfWork = new UnitOfWork(dataSource);
    this.repository = new DecisionRepository(dataSource);
    this.reevaluations = new ReevaluationRepository(dataSource);
    const [batches, learners, facts] = [new BatchRepository(), new LearnerRepository(), new FactRepository()];
    const standings = new StandingRepository(dataSource);
    const outbox = new Outbox('rule-evaluator', () => undefined);
    const evaluate = new EvaluateAwards(batches, learners, facts, this.repository, outbox);
    this.record = new RecordFacts(standings, facts, evaluate);
    this.again = new ReevaluateStandings(this.reevaluations, standings, this.repository, evaluate);
    const logger = createLogger({ app: 'rule-evaluator', level: 'silent' });
    const reevaluator = new Reevaluator(this.unitOfWork, this.reevaluations, this.again, logger);
    this.followBatches = new FollowBatches(batches, this.reevaluations, reevaluator);
    this.followLearners = new FollowLearners(learners, this.reevaluations, reevaluator);
  }

  private event<Type extends string, Data>(
    type: Type,
    data: Data,
    more: { id?: string; source?: string; time?: Date },
  ) {
    const id = more.id ?? `${++events}`;
    const time = more.time ?? new Date('2026-03-01T12:00:00Z');
    return {
      id,
      source: more.source ?? 'urn:lms',
      type,
      time,
      tenantId: this.tenantId,
      correlationId: `c-${id}`,
      data,
    };
  }

  /** The id of a learner's enrolment. */
  enrolment(learnerId: string, batchId = 'b'): string {
    return enrolmentId(this.tenantId, batchId, learnerId);
  }

  /** One completion; `within` runs before its commit. */
  completes(
    learnerId: string,
    options: CompletionOptions = {},
    within?: (transaction: Transaction) => Promise<void>,
  ): Promise<void> {
    return this.completeAll([learnerId], options, within);
  }

  /** Completions in one slice. */
  completeAll(
    learnerIds: readonly string[],
    { batchId = 'b', score, completedAt = '2026-03-01T12:00:00Z', ...more }: CompletionOptions = {},
    within?: (transaction: Transaction) => Promise<void>,
  ): Promise<void> {
    const completions = learnerIds.map((learnerId): CourseCompleted => {
      const of = { enrolmentId: this.enrolment(learnerId, batchId), batchId, learnerId, completedAt };
      return this.event('course.completed.v1', { ...of, ...(score === undefined ? {} : { score }) }, more);
    });
    return this.unitOfWork.run(async (transaction) => {
      await this.record.completions(transaction, completions);
      await within?.(transaction);
    });
  }

  scores(
    learnerId: string,
    score: number,
    { batchId = 'b', attemptId = `${++events}`, scoredAt = '2026-03-01T12:00:00Z' } = {},
  ): Promise<void> {
    const of = { enrolmentId: this.enrolment(learnerId, batchId), batchId, learnerId };
    const event: AssessmentScored = this.event(
      'assessment.scored.v1',
      { ...of, assessmentId: 'final', attemptId, score, scoredAt },
      {},
    );
    return this.unitOfWork.run((transaction) => this.record.scores(transaction, [event]));
  }

  batch(sequence: number, awards: Partial<Award>[] = [{}], batchId = 'b') {
    const data = {
      ...(example as BatchUpdated['data']),
      batchId,
      awards: awards.map((one) => ({ ...exampleAward, ...one })),
    };
    const event = { ...this.event('batch.updated.v1' as const, data, {}), sequence };
    return this.unitOfWork.run((transaction) => this.followBatches.run(transaction, [event]));
  }

  /** @param name `null` for none */
  learner(learnerId: string, sequence = 1, name: string | null = `Name of ${learnerId}`): Promise<void> {
    return this.learnersAll([learnerId], sequence, name);
  }

  learnersAll(learnerIds: readonly string[], sequence = 1, name: string | null = 'Asha'): Promise<void> {
    const updates = learnerIds.map((learnerId): LearnerUpdated => {
      const data: LearnerUpdated['data'] = { learnerId, ...(name === null ? {} : { name }) };
      return { ...this.event('learner.updated.v1', data, {}), sequence };
    });
    return this.unitOfWork.run((transaction) => this.followLearners.run(transaction, updates));
  }

  /** Works at all jobs there are. @returns how many chunks it took */
  async jobs(): Promise<number> {
    for (let chunks = 0; ; chunks++) {
      const result = await this.unitOfWork.run(async (transaction) => {
        const job = await this.reevaluations.take(transaction);
        return job ? this.again.run(transaction, job) : 'nothing';
      });
      if (result === 'nothing' || result === 'full') return chunks;
    }
  }

  decisions(): Promise<PlacedDecision[]> {
    return this.repository.list({ tenantId: this.tenantId, limit: 10_000 });
  }

  /** The decisions in a few words, in the order of their keys. */
  async decided(): Promise<string[]> {
    const inWords = ({ learnerId, awardId, outcome, waitingFor }: PlacedDecision) =>
      `${learnerId} ${awardId}: ${outcome}${waitingFor ? ` for ${waitingFor}` : ''}`;
    return (await this.decisions()).map(inWords);
  }

  /** What was said of this tenant, in order. */
  async said(): Promise<{ topic: string; data: Record<string, unknown>; correlationId: string }[]> {
    const rows = await this.dataSource.query<{ topic: string; value: string; headers: Record<string, string> }[]>(
      `SELECT topic, value, headers FROM outbox WHERE headers ->> 'ce_tenantid' = $1 ORDER BY position`,
      [this.tenantId],
    );
    return rows.map(({ topic, value, headers }) => ({
      topic,
      data: JSON.parse(value) as Record<string, unknown>,
      correlationId: headers.ce_correlationid ?? '',
    }));
  }

  async topics(): Promise<string[]> {
    return (await this.said()).map(({ topic }) => topic.replace('certificate.', ''));
  }
}

interface CompletionOptions {
  batchId?: string;
  score?: number;
  completedAt?: string;
  id?: string;
  source?: string;
  time?: Date;
}
let events = 0;
