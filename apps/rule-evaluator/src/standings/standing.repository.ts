import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Standing } from './standing.ts';

/** What one slice brings for one standing. */
export type Arrival = Omit<Standing, 'version' | 'isNew'> & {
  /** How many facts. */
  readonly facts: number;
};

interface Row {
  readonly tenant_id: string;
  readonly batch_id: string;
  readonly learner_id: string;
  readonly enrolment_id: string;
  readonly version: number;
  readonly completed_at: Date | null;
  readonly completion_time: Date;
  readonly completion_source: string;
  readonly completion_id: string;
  readonly correlation_id: string;
  readonly is_new?: boolean;
}

const columns =
  'tenant_id, batch_id, learner_id, enrolment_id, version, completed_at, completion_time, completion_source, completion_id, correlation_id';
const first = `standing.completion_time IS NULL OR (excluded.completion_time, excluded.completion_source, excluded.completion_id)
  < (standing.completion_time, standing.completion_source, standing.completion_id)`;

/** The rows of `standing`. They are the first that any transaction locks, in the order of their key. */
@Injectable()
export class StandingRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Upserts and thereby locks one standing per arrival. The completion does not depend on the order of its reports: the
   * earliest `completedAt` counts, and the report with the lowest time.
   */
  async meet(transaction: Transaction, arrivals: readonly Arrival[]): Promise<Standing[]> {
    const rows = await transaction.query<Row>(
      `INSERT INTO standing (${columns})
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::integer[], $6::timestamptz[],
           $7::timestamptz[], $8::text[], $9::text[], $10::text[]) AS given(${columns})
       ORDER BY tenant_id COLLATE "C", batch_id COLLATE "C", learner_id COLLATE "C"
       ON CONFLICT (tenant_id, batch_id, learner_id) DO UPDATE SET
         version = standing.version + excluded.version,
         completed_at = LEAST(standing.completed_at, excluded.completed_at),
         completion_time = LEAST(standing.completion_time, excluded.completion_time),
         completion_source = CASE WHEN ${first} THEN excluded.completion_source ELSE standing.completion_source END,
         completion_id = CASE WHEN ${first} THEN excluded.completion_id ELSE standing.completion_id END,
         correlation_id = CASE WHEN ${first} THEN excluded.correlation_id ELSE standing.correlation_id END
       RETURNING ${columns}, xmax = 0 AS is_new`,
      [
        arrivals.map(({ tenantId }) => tenantId),
        arrivals.map(({ batchId }) => batchId),
        arrivals.map(({ learnerId }) => learnerId),
        arrivals.map(({ enrolmentId }) => enrolmentId),
        arrivals.map(({ facts }) => facts),
        arrivals.map(({ completion }) => completion?.completedAt ?? null),
        arrivals.map(({ completion }) => completion?.time ?? null),
        arrivals.map(({ completion }) => completion?.source ?? null),
        arrivals.map(({ completion }) => completion?.id ?? null),
        arrivals.map(({ completion }) => completion?.correlationId ?? null),
      ],
    );
    return rows.map(toStanding);
  }

  /** These standings, locked in key order. */
  async lock(
    transaction: Transaction,
    keys: readonly Pick<Standing, 'tenantId' | 'batchId' | 'learnerId'>[],
  ): Promise<Standing[]> {
    const rows = await transaction.query<Row>(
      `SELECT standing.* FROM standing JOIN unnest($1::text[], $2::text[], $3::text[]) AS key(tenant_id, batch_id, learner_id)
         ON standing.tenant_id = key.tenant_id AND standing.batch_id = key.batch_id
           AND standing.learner_id = key.learner_id
       ORDER BY standing.tenant_id, standing.batch_id, standing.learner_id FOR UPDATE OF standing`,
      [
        keys.map(({ tenantId }) => tenantId),
        keys.map(({ batchId }) => batchId),
        keys.map(({ learnerId }) => learnerId),
      ],
    );
    return rows.map(toStanding);
  }

  /** The next completed standings of a batch after a learner, locked, in key order. */
  async nextOfBatch(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    after: string,
    limit: number,
  ): Promise<Standing[]> {
    const rows = await transaction.query<Row>(
      `SELECT ${columns} FROM standing
       WHERE tenant_id = $1 AND batch_id = $2 AND learner_id > $3 AND completed_at IS NOT NULL
       ORDER BY learner_id LIMIT $4 FOR UPDATE`,
      [tenantId, batchId, after, limit],
    );
    return rows.map(toStanding);
  }

  /** The next completed standings of a learner after a batch, locked, in key order. */
  async nextOfLearner(
    transaction: Transaction,
    tenantId: string,
    learnerId: string,
    after: string,
    limit: number,
  ): Promise<Standing[]> {
    const rows = await transaction.query<Row>(
      `SELECT ${columns} FROM standing
       WHERE tenant_id = $1 AND learner_id = $2 AND batch_id > $3 AND completed_at IS NOT NULL
       ORDER BY batch_id LIMIT $4 FOR UPDATE`,
      [tenantId, learnerId, after, limit],
    );
    return rows.map(toStanding);
  }

  async countCompleted(tenantId: string): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      'SELECT count(*)::int AS count FROM standing WHERE tenant_id = $1 AND completed_at IS NOT NULL',
      [tenantId],
    );
    return row.count;
  }
}

function toStanding(row: Row): Standing {
  return {
    tenantId: row.tenant_id,
    batchId: row.batch_id,
    learnerId: row.learner_id,
    enrolmentId: row.enrolment_id,
    version: row.version,
    completion: row.completed_at
      ? {
          completedAt: row.completed_at,
          time: row.completion_time,
          source: row.completion_source,
          id: row.completion_id,
          correlationId: row.correlation_id,
        }
      : undefined,
    isNew: row.is_new ?? false,
  };
}
