import type { CertificateState } from '@laurel/certificates';
import { insertRows, type Transaction, updateRows } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SearchPosition } from '../certificates/certificate-search.ts';
import type { ChangeCounts, ChangeJob } from './change-job.ts';
import type { ChangeResult } from './change-result.ts';

/** A certificate of a job; of a file with its line and what that says. */
export interface ChangeJobRow {
  readonly certificate_id: string;
  readonly line?: number | null;
  readonly reason?: string | null;
  readonly until?: Date | null;
}

/** A certificate whose turn it is. */
export interface PendingChange {
  readonly certificate_id: string;
  readonly reason: string;
  readonly until: Date | null;
}

/** A certificate of a job, and what became of it. */
export interface ChangeJobResult {
  readonly certificate_id: string;
  readonly line: number | null;
  /** Null until its turn came. */
  readonly result: ChangeResult | null;
  readonly state: CertificateState | null;
  readonly detail: string | null;
}

/** What became of a certificate in this step. */
export type NewResult = Omit<ChangeJobResult, 'line'>;

const shown = `id, tenant_id AS "tenantId", change, reason, until, is_dry_run AS "isDryRun", filter, actor, state,
  resolved_to AS "resolvedTo", resolve_until AS "resolveUntil", done_to AS "doneTo", failure, created_at AS "createdAt",
  finished_at AS "finishedAt", failures,
  json_build_object('matched', matched, 'changed', changed, 'already', already, 'blocked', blocked, 'failed', failed) AS counts`;
/** Rows that one statement inserts. */
const chunk = 5_000;
/** A job that failed so often is given up. */
const mostFailures = 5;

/** The rows of `change_job`, on which any replica works, and those of `change_job_row`, one for each of its certificates. */
@Injectable()
export class ChangeJobRepository {
  constructor(private readonly dataSource: DataSource) {}

  async add(
    transaction: Transaction,
    job: Omit<ChangeJob, 'resolvedTo' | 'doneTo' | 'counts' | 'failure' | 'failures' | 'finishedAt'>,
  ): Promise<void> {
    await transaction.query(
      `INSERT INTO change_job (id, tenant_id, change, reason, until, is_dry_run, filter, actor, state, resolve_until, matched, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)`,
      [
        ...[job.id, job.tenantId, job.change, job.reason, job.until, job.isDryRun, asJson(job.filter), job.actor],
        ...[job.state, asJson(job.resolveUntil), job.createdAt],
      ],
    );
  }

  /** Notes certificates of a job, and counts them. */
  async addRows(transaction: Transaction, jobId: string, rows: readonly ChangeJobRow[]): Promise<void> {
    const columns = {
      ...{ job_id: 'uuid', certificate_id: 'uuid', line: 'integer', reason: 'text', until: 'timestamptz' },
    };
    for (let at = 0; at < rows.length; at += chunk) {
      const part = rows.slice(at, at + chunk).map((row) => ({ ...row, job_id: jobId }));
      await insertRows(transaction, 'change_job_row', columns, part);
    }
    await transaction.query('UPDATE change_job SET matched = matched + $2 WHERE id = $1', [jobId, rows.length]);
  }

  /** The next job that nobody works at, locked until the transaction ends; the one whose last turn is longest ago. */
  async take(transaction: Transaction): Promise<ChangeJob | undefined> {
    const [job] = await transaction.query<ChangeJob>(
      `SELECT ${shown} FROM change_job WHERE state IN ('resolving', 'running') AND not_before <= now()
       ORDER BY not_before, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    return job;
  }

  /** @param to how far the filter is resolved; undefined when it is resolved to its end */
  async resolve(transaction: Transaction, jobId: string, to: SearchPosition | undefined): Promise<void> {
    await transaction.query(
      `UPDATE change_job SET resolved_to = $2, state = CASE WHEN $2::jsonb IS NULL THEN 'running' ELSE state END,
         failures = 0, not_before = now() WHERE id = $1`,
      [jobId, asJson(to ?? null)],
    );
  }

  /** The next certificates of a job, in the order of their ids, with the reason and end of the job where they have none. */
  async next(transaction: Transaction, job: ChangeJob, limit: number): Promise<PendingChange[]> {
    return transaction.query(
      `SELECT certificate_id, coalesce(reason, $3) AS reason, coalesce(until, $4::timestamptz) AS until FROM change_job_row
       WHERE job_id = $1 AND certificate_id > $2 AND result IS NULL ORDER BY certificate_id LIMIT $5`,
      [job.id, job.doneTo, job.reason, job.until, limit],
    );
  }

  async record(
    transaction: Transaction,
    job: ChangeJob,
    results: readonly NewResult[],
    isLast: boolean,
  ): Promise<void> {
    const rows = results.map((row) => ({ ...row, job_id: job.id }));
    const keys = { job_id: 'uuid', certificate_id: 'uuid' };
    await updateRows(transaction, 'change_job_row', keys, { result: 'text', state: 'text', detail: 'text' }, rows);
    const count = (result: ChangeResult) => results.filter((row) => row.result === result).length;
    await transaction.query(
      `UPDATE change_job SET changed = changed + $2, already = already + $3, blocked = blocked + $4, failed = failed + $5, done_to = $6,
         failures = 0, not_before = now(), state = CASE WHEN $7 THEN 'done' ELSE state END, finished_at = CASE WHEN $7 THEN now() END
       WHERE id = $1`,
      [
        ...[job.id, count('changed'), count('already'), count('blocked'), count('failed')],
        ...[results.at(-1)?.certificate_id ?? job.doneTo, isLast],
      ],
    );
  }

  /** Lets the others go before this job, which waits for the relay. */
  async stepBack(transaction: Transaction, jobId: string): Promise<void> {
    await transaction.query('UPDATE change_job SET not_before = now() WHERE id = $1', [jobId]);
  }

  /** A job that failed steps back behind the others, 2 s, 4 s and so on, and after the fifth time it is given up. */
  async postpone({ id }: ChangeJob, reason: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE change_job SET failures = failures + 1, not_before = now() + make_interval(secs => 2 ^ (failures + 1)),
         state = CASE WHEN failures + 1 >= $2 THEN 'failed' ELSE state END,
         failure = CASE WHEN failures + 1 >= $2 THEN $3 END,
         finished_at = CASE WHEN failures + 1 >= $2 THEN now() END
       WHERE id = $1`,
      [id, mostFailures, reason],
    );
  }

  async find(tenantId: string, id: string): Promise<ChangeJob | undefined> {
    const [job] = await this.dataSource.query<(ChangeJob & { counts: ChangeCounts })[]>(
      `SELECT ${shown} FROM change_job WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id],
    );
    return job;
  }

  /** In the order of the certificates' ids. */
  async results(
    jobId: string,
    { result, after, limit }: { result?: ChangeResult | undefined; after?: string | undefined; limit: number },
  ): Promise<ChangeJobResult[]> {
    const values: unknown[] = [jobId];
    const also = (condition: string, value: unknown) =>
      value === undefined ? '' : ` AND ${condition} $${values.push(value)}`;
    const conditions = `job_id = $1${also('result =', result)}${also('certificate_id >', after)}`;
    return this.dataSource.query<ChangeJobResult[]>(
      `SELECT certificate_id, line, result, state, detail FROM change_job_row WHERE ${conditions}
       ORDER BY certificate_id LIMIT $${values.push(limit)}`,
      values,
    );
  }

  /** Deletes up to 5,000 rows of a job that ended more than 31 days ago. @returns whether there may be more */
  async prune(transaction: Transaction): Promise<boolean> {
    const [old] = await transaction.query<{ id: string }>(
      `SELECT id FROM change_job WHERE finished_at < now() - interval '31 days'
       ORDER BY finished_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    if (!old) return false;
    const rows = await transaction.query(
      `DELETE FROM change_job_row WHERE job_id = $1 AND certificate_id IN
         (SELECT certificate_id FROM change_job_row WHERE job_id = $1 LIMIT $2) RETURNING 1`,
      [old.id, chunk],
    );
    if (rows.length < chunk) await transaction.query('DELETE FROM change_job WHERE id = $1', [old.id]);
    return true;
  }
}

const asJson = (value: object | null) => (value === null ? null : JSON.stringify(value));
