import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Lease } from '../lanes/lane.repository.ts';
import type { NewDelivery } from './new-delivery.ts';

export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'cancelled';

/** A delivery with all that an attempt needs. */
export interface HeadDelivery {
  readonly id: string;
  readonly endpoint_id: string;
  readonly tenant_id: string;
  readonly url: string;
  readonly endpoint_version: number;
  readonly max_in_flight: number;
  readonly attempts: number;
  readonly tries: number;
  readonly event_id: string;
  readonly event_type: string;
  readonly occurred_at: Date;
  readonly body: Buffer;
  readonly source_event_id: string;
  readonly correlation_id: string;
  readonly traceparent: string | null;
}

/** What an attempt made of its delivery. */
export interface DeliveryChange {
  readonly id: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Attempts since the schedule began; a manual retry begins it anew. */
  readonly tries: number;
  /** Milliseconds until the next attempt; null where none follows. */
  readonly delayMs: number | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
}

/** The rows of `delivery` that senders work on. Every change is made under the lock of the lane. */
@Injectable()
export class DeliveryRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds what is not there yet; one event goes to one endpoint once. Answers the endpoints that got something new. */
  async add(transaction: Transaction, deliveries: readonly NewDelivery[]): Promise<string[]> {
    const rows = await transaction.query<{ endpoint_id: string }>(
      `INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, event_type)
       SELECT given.id, given.tenant_id, given.endpoint_id, event.id, event.type
       FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) AS given(id, tenant_id, endpoint_id, identity)
       JOIN event ON event.identity = given.identity
       ORDER BY given.endpoint_id, event.id
       ON CONFLICT (endpoint_id, event_id, replay_no) DO NOTHING RETURNING endpoint_id`,
      [
        deliveries.map(({ id }) => id),
        deliveries.map(({ tenantId }) => tenantId),
        deliveries.map(({ endpointId }) => endpointId),
        deliveries.map(({ identity }) => identity),
      ],
    );
    return rows.map(({ endpoint_id }) => endpoint_id);
  }

  /** The first deliveries of leased lanes that are due now: first tries, then retries, then replays. */
  async heads(leases: readonly Lease[], most: number): Promise<HeadDelivery[]> {
    return this.dataSource.query(
      `SELECT head.id, head.endpoint_id, head.tenant_id, head.attempts, head.tries, head.event_id, head.event_type,
         endpoint.url, endpoint.version AS endpoint_version, endpoint.max_in_flight,
         event.occurred_at, event.body, event.source_event_id, event.correlation_id, event.traceparent
       FROM unnest($1::uuid[], $2::int[]) AS lease(endpoint_id, most)
       JOIN endpoint ON endpoint.id = lease.endpoint_id AND endpoint.state = 'active'
       CROSS JOIN LATERAL (
         SELECT waiting.* FROM (VALUES (0), (1), (2)) AS given(priority)
         CROSS JOIN LATERAL (
           SELECT delivery.* FROM delivery
           WHERE delivery.endpoint_id = lease.endpoint_id AND state = 'pending' AND delivery.priority = given.priority
             AND next_at <= now()
           ORDER BY next_at LIMIT lease.most
         ) AS waiting
         ORDER BY waiting.priority, waiting.next_at LIMIT lease.most
       ) AS head
       JOIN event ON event.id = head.event_id
       ORDER BY head.endpoint_id, head.priority, head.next_at`,
      [leases.map(({ endpointId }) => endpointId), leases.map(({ isProbe }) => (isProbe ? 1 : most))],
    );
  }

  /** Writes what attempts made of deliveries. Answers the ids of those that were still pending. */
  async settle(transaction: Transaction, changes: readonly DeliveryChange[]): Promise<Set<string>> {
    const rows = await transaction.query<{ id: string }>(
      `UPDATE delivery SET state = given.state, attempts = given.attempts, tries = given.tries,
         priority = CASE WHEN given.state = 'pending' THEN 1 ELSE delivery.priority END,
         next_at = now() + given.delay_ms * interval '1 millisecond',
         last_status = given.last_status, last_error = given.last_error,
         finished_at = CASE WHEN given.state <> 'pending' THEN now() END
       FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::float8[], $6::int[], $7::text[])
         AS given(id, state, attempts, tries, delay_ms, last_status, last_error)
       WHERE delivery.id = given.id AND delivery.state = 'pending'
       RETURNING delivery.id`,
      [
        changes.map(({ id }) => id),
        changes.map(({ state }) => state),
        changes.map(({ attempts }) => attempts),
        changes.map(({ tries }) => tries),
        changes.map(({ delayMs }) => delayMs),
        changes.map(({ lastStatus }) => lastStatus),
        changes.map(({ lastError }) => lastError),
      ],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async cancelPending(transaction: Transaction, endpointId: string): Promise<void> {
    await transaction.query(
      `UPDATE delivery SET state = 'cancelled', next_at = NULL, finished_at = now()
       WHERE endpoint_id = $1 AND state = 'pending'`,
      [endpointId],
    );
  }
}
