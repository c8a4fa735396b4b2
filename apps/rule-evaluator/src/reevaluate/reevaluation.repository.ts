import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BatchKey } from '../batches/batch.ts';
import type { LearnerKey } from '../learners/learner.repository.ts';

/** All completed standings of a batch, or of a learner, are to be decided again. */
export interface Reevaluation {
  readonly id: string;
  readonly tenantId: string;
  readonly of: { readonly batchId: string } | { readonly learnerId: string };
  /** Its requests take the bulk lane. */
  readonly isBulk: boolean;
  /** The last learner, or batch, that is done; empty at first. */
  readonly doneTo: string;
  /** At least so many events a standing can make. */
  readonly awards: number;
}

interface Row {
  readonly id: string;
  readonly tenant_id: string;
  readonly batch_id: string | null;
  readonly learner_id: string | null;
  readonly is_bulk: boolean;
  readonly done_to: string;
  readonly awards: number;
}

/** Above this many waiting completions of one batch, their release must not hold up the interactive lane. */
const mostInteractive = 1_000;
/** A batch has at most as many (`batch.updated`). */
const mostAwards = 20;

/** The rows of `reevaluation`: jobs that any replica works at, each in chunks. */
@Injectable()
export class ReevaluationRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Adds a job for each of these batches that has completions. Called under the lock of the batches, as a statement after
   * it: every transaction that decided by the old state is seen, and every other one sees the new state.
   */
  async addForBatches(transaction: Transaction, keys: readonly BatchKey[]): Promise<number> {
    if (keys.length === 0) return 0;
    const jobs = await transaction.query(
      `INSERT INTO reevaluation (tenant_id, batch_id, is_bulk)
       SELECT key.tenant_id, key.batch_id,
         (SELECT count(*) FROM (SELECT 1 FROM decision WHERE decision.tenant_id = key.tenant_id
            AND decision.batch_id = key.batch_id AND outcome = 'waiting' LIMIT $3 + 1) AS waiting) > $3
       FROM unnest($1::text[], $2::text[]) AS key(tenant_id, batch_id)
       WHERE EXISTS (SELECT 1 FROM standing WHERE standing.tenant_id = key.tenant_id
         AND standing.batch_id = key.batch_id AND completed_at IS NOT NULL)
       RETURNING 1`,
      [keys.map(({ tenantId }) => tenantId), keys.map(({ batchId }) => batchId), mostInteractive],
    );
    return jobs.length;
  }

  /** Adds a job for each of these learners that something waits for, under their locks. */
  async addForLearners(transaction: Transaction, keys: readonly LearnerKey[]): Promise<number> {
    if (keys.length === 0) return 0;
    const waiting = await transaction.query<{ tenant_id: string; learner_id: string }>(
      `SELECT DISTINCT decision.tenant_id, decision.learner_id FROM decision
       JOIN unnest($1::text[], $2::text[]) AS key(tenant_id, learner_id)
         ON decision.tenant_id = key.tenant_id AND decision.learner_id = key.learner_id
       WHERE waiting_for IN ('learner', 'name')`,
      [keys.map(({ tenantId }) => tenantId), keys.map(({ learnerId }) => learnerId)],
    );
    const columns = { tenant_id: 'text', learner_id: 'text', is_bulk: 'boolean' };
    await insertRows(
      transaction,
      'reevaluation',
      columns,
      waiting.map((row) => ({ ...row, is_bulk: false })),
    );
    return waiting.length;
  }

  /** The next job that nobody works at, locked until the transaction ends; interactive ones first. */
  async take(transaction: Transaction): Promise<Reevaluation | undefined> {
    const [row] = await transaction.query<Row>(
      `SELECT id, tenant_id, batch_id, learner_id, is_bulk, done_to,
         COALESCE((SELECT jsonb_array_length(state -> 'awards') FROM batch
           WHERE batch.tenant_id = job.tenant_id AND batch.batch_id = job.batch_id), $1) AS awards
       FROM reevaluation AS job WHERE not_before <= now()
       ORDER BY is_bulk, id LIMIT 1 FOR UPDATE OF job SKIP LOCKED`,
      [mostAwards],
    );
    if (!row) return undefined;
    const { id, tenant_id, batch_id, learner_id, is_bulk, done_to, awards } = row;
    const of = batch_id === null ? { learnerId: learner_id ?? '' } : { batchId: batch_id };
    return { id, tenantId: tenant_id, of, isBulk: is_bulk, doneTo: done_to, awards };
  }

  /** More jobs of learners that nobody works at, locked too: one transaction serves many learners. */
  async takeLearners(transaction: Transaction, limit: number): Promise<(LearnerKey & { id: string })[]> {
    const rows = await transaction.query<{ id: string; tenant_id: string; learner_id: string }>(
      `SELECT id, tenant_id, learner_id FROM reevaluation
       WHERE learner_id IS NOT NULL AND done_to = '' AND failures = 0
       ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    return rows.map(({ id, tenant_id, learner_id }) => ({ id, tenantId: tenant_id, learnerId: learner_id }));
  }

  /** Whether a later job does all of this one again. */
  async isOvertaken(transaction: Transaction, { id, tenantId, of }: Reevaluation): Promise<boolean> {
    const later = await transaction.query(
      `SELECT 1 FROM reevaluation WHERE tenant_id = $1 AND batch_id IS NOT DISTINCT FROM $2
         AND learner_id IS NOT DISTINCT FROM $3 AND id > $4 LIMIT 1`,
      [tenantId, 'batchId' in of ? of.batchId : null, 'learnerId' in of ? of.learnerId : null, id],
    );
    return later.length > 0;
  }

  /** How many rows wait in the outbox for the lanes that go before what this job writes, up to a limit. */
  async waitingInOutbox(transaction: Transaction, isBulk: boolean, limit: number): Promise<number> {
    const [row] = await transaction.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM (SELECT 1 FROM outbox WHERE lane <= $1 LIMIT $2) AS waiting',
      [isBulk ? 1 : 0, limit],
    );
    return row?.count ?? 0;
  }

  async proceed(transaction: Transaction, { id }: Reevaluation, doneTo: string): Promise<void> {
    await transaction.query('UPDATE reevaluation SET done_to = $2, failures = 0 WHERE id = $1', [id, doneTo]);
  }

  async remove(transaction: Transaction, jobs: readonly { readonly id: string }[]): Promise<void> {
    await transaction.query('DELETE FROM reevaluation WHERE id = ANY($1::bigint[])', [jobs.map(({ id }) => id)]);
  }

  /** A job that failed steps back behind the others: 2 s, 4 s, and at most a minute. */
  async postpone({ id }: Reevaluation): Promise<void> {
    await this.dataSource.query(
      `UPDATE reevaluation SET failures = failures + 1,
         not_before = now() + make_interval(secs => LEAST(60, 2 ^ LEAST(failures + 1, 6))) WHERE id = $1`,
      [id],
    );
  }

  async count(tenantId: string): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      'SELECT count(*)::int AS count FROM reevaluation WHERE tenant_id = $1',
      [tenantId],
    );
    return row.count;
  }
}
