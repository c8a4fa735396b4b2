import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LaneHealth } from './lane-health.ts';

/** A lane that this process may send from until its lease is over. */
export interface Lease {
  readonly endpointId: string;
  readonly token: string;
  /** The breaker is open and its time is over: one delivery is tried, not many. */
  readonly isProbe: boolean;
}

/** A lane as a sender finds it under lock. */
export interface LockedLane extends LaneHealth {
  readonly endpointId: string;
  readonly token: string | null;
}

/** What the outcomes of a while mean for a lane. */
export interface LaneChange extends LaneHealth {
  readonly endpointId: string;
  /** When the earliest of the retries that were found necessary is due; undefined for none. */
  readonly retryMs: number | undefined;
  /** Nothing is sent for so long from now; undefined leaves what was set. */
  readonly pauseMs: number | undefined;
  /** The receiver answers well: nothing is waited for any more. */
  readonly isWell: boolean;
  readonly isDisabled: boolean;
  /** The lease ends, and the lane is due when its next delivery is. */
  readonly handsBack: boolean;
}

/** Above the longest request (15 s), its turn (1 s) and the writing of its outcome. */
const lease = `interval '30 seconds'`;

/** The earliest pending delivery of each lane, read by index whatever the priorities are. */
const earliest = `
  SELECT min(next_at) AS next_at FROM (VALUES (0), (1), (2)) AS given(priority)
  CROSS JOIN LATERAL (
    SELECT next_at FROM delivery
    WHERE delivery.endpoint_id = change.endpoint_id AND state = 'pending' AND delivery.priority = given.priority
    ORDER BY next_at LIMIT 1
  ) AS first`;

/** The rows of `lane`. */
@Injectable()
export class LaneRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Makes lanes due, in the transaction that gave them deliveries and as its last statement. Every lane is locked, also one
   * that is due already: whoever hands it back meanwhile must either see the deliveries or come first.
   */
  async wake(transaction: Transaction, endpointIds: readonly string[]): Promise<void> {
    if (endpointIds.length === 0) return;
    await transaction.query(
      `UPDATE lane SET due_at = GREATEST(LEAST(lane.due_at, now()), lane.open_until)
       FROM (SELECT endpoint_id FROM lane WHERE endpoint_id = ANY($1::uuid[]) ORDER BY endpoint_id FOR UPDATE) AS locked
       WHERE lane.endpoint_id = locked.endpoint_id AND lane.active`,
      [[...new Set(endpointIds)]],
    );
  }

  /**
   * Leases up to so many lanes that are due, or whose holder has not come back. A lane that this process holds already keeps its
   * token, and its lease begins anew; `hungry` ones are taken whether or not they are due.
   */
  async lease(token: string, most: number, held: readonly Lease[], hungry: readonly Lease[]): Promise<Lease[]> {
    const [rows] = await this.dataSource.query<
      [{ endpoint_id: string; lease_token: string; breaker: string }[], number]
    >(
      `WITH due AS (
         SELECT endpoint_id FROM lane
         WHERE due_at <= now() AND (lease_until IS NULL OR lease_token = ANY($3::uuid[]))
         ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ), abandoned AS (
         SELECT endpoint_id FROM lane WHERE lease_until < now()
         ORDER BY lease_until LIMIT $2 FOR UPDATE SKIP LOCKED
       ), hungry AS (
         SELECT endpoint_id FROM lane
         WHERE endpoint_id = ANY($4::uuid[]) AND lease_token = ANY($3::uuid[]) FOR UPDATE SKIP LOCKED
       )
       UPDATE lane SET due_at = NULL, lease_until = now() + ${lease},
         lease_token = CASE WHEN lane.lease_token = ANY($3::uuid[]) THEN lane.lease_token ELSE $1 END
       FROM (
         SELECT endpoint_id FROM due UNION SELECT endpoint_id FROM abandoned UNION SELECT endpoint_id FROM hungry
       ) AS picked
       WHERE lane.endpoint_id = picked.endpoint_id
       RETURNING lane.endpoint_id, lane.lease_token, lane.breaker`,
      [token, most, [...new Set(held.map((one) => one.token))], hungry.map(({ endpointId }) => endpointId)],
    );
    return rows.map(({ endpoint_id, lease_token, breaker }) => ({
      endpointId: endpoint_id,
      token: lease_token,
      isProbe: breaker === 'open',
    }));
  }

  async lock(transaction: Transaction, endpointIds: readonly string[]): Promise<LockedLane[]> {
    return transaction.query(
      `SELECT endpoint_id AS "endpointId", lease_token AS token, breaker = 'open' AS "isOpen", breaker_trips AS trips,
         fail_streak AS streak, (extract(epoch FROM now() - first_failure_at) * 1000)::float8 AS "failingMs"
       FROM lane WHERE endpoint_id = ANY($1::uuid[]) ORDER BY endpoint_id FOR UPDATE`,
      [endpointIds],
    );
  }

  /** Writes what has become of lanes that the transaction has locked. */
  async settle(transaction: Transaction, changes: readonly LaneChange[]): Promise<void> {
    await transaction.query(
      `UPDATE lane SET
         breaker = CASE WHEN change.is_open THEN 'open' ELSE 'closed' END,
         breaker_trips = change.trips,
         fail_streak = change.streak,
         first_failure_at = CASE WHEN change.failing_ms IS NOT NULL THEN coalesce(lane.first_failure_at, now()) END,
         open_until = pause.until,
         active = lane.active AND NOT change.is_disabled,
         lease_until = CASE WHEN NOT change.hands_back THEN lane.lease_until END,
         lease_token = CASE WHEN NOT change.hands_back THEN lane.lease_token END,
         due_at = CASE WHEN lane.active AND NOT change.is_disabled AND next.at IS NOT NULL
           THEN GREATEST(next.at, pause.until) END
       FROM unnest($1::uuid[], $2::boolean[], $3::int[], $4::int[], $5::float8[], $6::float8[], $7::boolean[],
           $8::boolean[], $9::boolean[], $10::float8[])
         AS change(endpoint_id, is_open, trips, streak, failing_ms, pause_ms, is_well, is_disabled, hands_back, retry_ms)
       JOIN lane AS old ON old.endpoint_id = change.endpoint_id
       CROSS JOIN LATERAL (
         SELECT CASE WHEN NOT change.is_well THEN
           GREATEST(old.open_until, now() + change.pause_ms * interval '1 millisecond') END AS until
       ) AS pause
       LEFT JOIN LATERAL (${earliest}) AS first ON change.hands_back
       CROSS JOIN LATERAL (
         SELECT CASE WHEN change.hands_back THEN first.next_at
           ELSE LEAST(old.due_at, now() + change.retry_ms * interval '1 millisecond') END AS at
       ) AS next
       WHERE lane.endpoint_id = change.endpoint_id`,
      [
        changes.map(({ endpointId }) => endpointId),
        changes.map(({ isOpen }) => isOpen),
        changes.map(({ trips }) => trips),
        changes.map(({ streak }) => streak),
        changes.map(({ failingMs }) => failingMs),
        changes.map(({ pauseMs }) => pauseMs ?? null),
        changes.map(({ isWell }) => isWell),
        changes.map(({ isDisabled }) => isDisabled),
        changes.map(({ handsBack }) => handsBack),
        changes.map(({ retryMs }) => retryMs ?? null),
      ],
    );
  }

  /** Makes a lane due although its receiver asked for a pause or its breaker is open: somebody wants to see an attempt. */
  async hasten(transaction: Transaction, endpointId: string): Promise<void> {
    await transaction.query('UPDATE lane SET due_at = now(), open_until = NULL WHERE endpoint_id = $1 AND active', [
      endpointId,
    ]);
  }

  /** Follows the state of the endpoint. One that begins again is due at once, with a closed breaker. */
  async activate(transaction: Transaction, endpointId: string, active: boolean): Promise<void> {
    await transaction.query(
      `UPDATE lane SET active = $2, due_at = CASE WHEN $2 THEN now() END, breaker = 'closed', breaker_trips = 0,
         open_until = NULL, fail_streak = 0, first_failure_at = NULL
       WHERE endpoint_id = $1`,
      [endpointId, active],
    );
  }
}
