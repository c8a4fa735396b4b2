import type { Transaction } from '@laurel/persistence';
import { Idempotency, type IdempotentRequest, Problem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { EndpointRepository } from '../endpoints/endpoint.repository.ts';
import { LaneRepository } from '../lanes/lane.repository.ts';
import { WakeSignal } from '../lanes/wake-signal.ts';
import { deliveryUnknown } from '../show-deliveries/delivery-unknown.ts';
import { type DeliveryRow, ReadDeliveries } from '../show-deliveries/read-deliveries.ts';

/**
 * Sends something once more because somebody asked. What was not delivered goes on, at once and with a new schedule; what was
 * delivered is sent as a delivery of its own, with the same `webhook-id`, so that its receiver knows it.
 */
@Injectable()
export class RetryDelivery {
  constructor(
    private readonly deliveries: ReadDeliveries,
    private readonly endpoints: EndpointRepository,
    private readonly lanes: LaneRepository,
    private readonly signal: WakeSignal,
    private readonly idempotency: Idempotency,
  ) {}

  /** @returns the id of the delivery to look at */
  async run(request: IdempotentRequest, tenantId: string, deliveryId: string): Promise<string> {
    const { id } = await this.idempotency.once(request, async (transaction) => {
      const known = await this.deliveries.find(tenantId, deliveryId);
      if (!known) throw deliveryUnknown();
      const endpoint = await this.endpoints.lock(transaction, tenantId, known.endpoint_id);
      if (endpoint?.id !== known.endpoint_uuid || endpoint.state === 'disabled') {
        throw new Problem(409, {
          code: 'endpoint-not-active',
          detail:
            'Its endpoint is disabled or deleted; nothing can be sent to it. A disabled one can be set to active.',
        });
      }
      const next = (await this.again(transaction, known.id)) ?? (await this.replay(transaction, known));
      await this.lanes.hasten(transaction, endpoint.id);
      transaction.afterCommit(this.signal.wake);
      return next;
    });
    return id;
  }

  private async again(transaction: Transaction, id: string): Promise<string | undefined> {
    const [row] = await transaction.query<{ id: string }>(
      `UPDATE delivery SET state = 'pending', tries = 0, priority = 0, next_at = now(), finished_at = NULL
       WHERE id = $1 AND state <> 'delivered' RETURNING id`,
      [id],
    );
    return row?.id;
  }

  private async replay(transaction: Transaction, known: DeliveryRow): Promise<string> {
    const id = v7();
    await transaction.query(
      `INSERT INTO delivery (id, tenant_id, endpoint_id, event_id, event_type, replay_no, priority)
       SELECT $1, tenant_id, endpoint_id, event_id, event_type,
         (SELECT max(replay_no) + 1 FROM delivery WHERE endpoint_id = one.endpoint_id AND event_id = one.event_id), 0
       FROM delivery AS one WHERE id = $2`,
      [id, known.id],
    );
    return id;
  }
}
