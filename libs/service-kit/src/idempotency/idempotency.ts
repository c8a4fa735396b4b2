import { createHash } from 'node:crypto';
import type { Transaction, UnitOfWork } from '@laurel/persistence';
import { Problem } from '../problems/problem.ts';
import type { IdempotentRequest } from './idempotent-request.ts';

/** What came of a creating request. */
export interface Outcome {
  /** The id of what was made, now or by the first request. */
  readonly id: string;
  /** It had been made before: answer by reading it again, without anything that is shown only once. */
  readonly repeated: boolean;
}

const kept = "interval '24 hours'";
const pruned = 1_000;

/** Makes creating requests safe to repeat (architecture section 7). Needs {@link CreateIdempotency1770000000003}. */
export class Idempotency {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Runs `work` in a transaction, at most once for (tenant, route, key) within 24 h, and keeps the id that it answers in the
   * same transaction. When it throws, nothing is kept and the key is free again. A request without a key runs always.
   * Throws 409 while the first request runs, in whatever replica, and 422 when the key belongs to another request.
   */
  async once(request: IdempotentRequest, work: (transaction: Transaction) => Promise<string>): Promise<Outcome> {
    const { key } = request;
    return this.unitOfWork.run(async (transaction) => {
      if (key === undefined) return { id: await work(transaction), repeated: false };
      await this.takeLock(transaction, request);
      const made = await this.find(transaction, request);
      if (made !== undefined) return { id: made, repeated: true };
      const id = await work(transaction);
      // A row that is still here has outlived its 24 hours: no other can have come since the lock was taken.
      await transaction.query(
        `INSERT INTO idempotency (tenant_id, route, key, request_hash, made_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, route, key) DO UPDATE
         SET request_hash = excluded.request_hash, made_id = excluded.made_id, created_at = excluded.created_at`,
        [request.tenantId, request.route, key, request.hash, id],
      );
      return { id, repeated: false };
    });
  }

  /** Deletes up to 1,000 rows older than 24 h and answers how many. Rows that another replica deletes are passed over. */
  async prune(): Promise<number> {
    const rows = await this.unitOfWork.run((transaction) =>
      transaction.query(
        `DELETE FROM idempotency WHERE (tenant_id, route, key) IN (
           SELECT tenant_id, route, key FROM idempotency WHERE created_at < now() - ${kept}
           ORDER BY created_at LIMIT ${pruned} FOR UPDATE SKIP LOCKED
         ) RETURNING 1`,
      ),
    );
    return rows.length;
  }

  /**
   * The lock ends with the transaction, and only after the row is visible to others (PostgreSQL releases locks last), so
   * whoever gets it next either finds the row or may begin.
   */
  private async takeLock(transaction: Transaction, { tenantId, route, key }: IdempotentRequest): Promise<void> {
    const digest = createHash('sha256')
      .update(JSON.stringify(['idempotency', tenantId, route, key]))
      .digest();
    const [row] = await transaction.query<{ taken: boolean }>('SELECT pg_try_advisory_xact_lock($1::bigint) AS taken', [
      digest.readBigInt64BE().toString(),
    ]);
    if (row?.taken) return;
    throw new Problem(409, {
      code: 'idempotency-key-running',
      detail: 'The first request with this Idempotency-Key still runs; repeat this one in a moment.',
      headers: { 'retry-after': '1' },
    });
  }

  private async find(transaction: Transaction, request: IdempotentRequest): Promise<string | undefined> {
    // A statement of its own: READ COMMITTED gives it a snapshot from after the lock.
    const [row] = await transaction.query<{ made_id: string; same: boolean }>(
      `SELECT made_id, request_hash = $4 AS same FROM idempotency
       WHERE tenant_id = $1 AND route = $2 AND key = $3 AND created_at >= now() - ${kept}`,
      [request.tenantId, request.route, request.key, request.hash],
    );
    if (row && !row.same) {
      throw new Problem(422, {
        code: 'idempotency-key-reused',
        detail:
          'This Idempotency-Key belongs to another request (path or body differ); take a new key for a new request.',
      });
    }
    return row?.made_id;
  }
}
