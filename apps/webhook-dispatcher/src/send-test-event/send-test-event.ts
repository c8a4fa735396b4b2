import { Idempotency, type IdempotentRequest, Problem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { DeliveryRepository } from '../deliveries/delivery.repository.ts';
import { EndpointRepository } from '../endpoints/endpoint.repository.ts';
import { eventBody } from '../events/event-body.ts';
import { eventIdentity } from '../events/event-identity.ts';
import { EventRepository } from '../events/event.repository.ts';
import { LaneRepository } from '../lanes/lane.repository.ts';
import { WakeSignal } from '../lanes/wake-signal.ts';
import { endpointUnknown } from '../manage-endpoints/endpoint-unknown.ts';

const type = 'endpoint.test';

/** Sends an endpoint something to try itself out on, by the same way as everything, whatever types it wants. */
@Injectable()
export class SendTestEvent {
  constructor(
    private readonly endpoints: EndpointRepository,
    private readonly events: EventRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly lanes: LaneRepository,
    private readonly signal: WakeSignal,
    private readonly idempotency: Idempotency,
  ) {}

  async run(request: IdempotentRequest, tenantId: string, externalId: string): Promise<string> {
    const { id } = await this.idempotency.once(request, async (transaction) => {
      const endpoint = await this.endpoints.find(tenantId, externalId);
      if (!endpoint) throw endpointUnknown();
      if (endpoint.state !== 'active') {
        throw new Problem(409, {
          code: 'endpoint-not-active',
          detail: `The endpoint is ${endpoint.state}; set its state to active first.`,
        });
      }
      const time = new Date();
      const event = { id: v7(), source: '/laurel/webhook-dispatcher/test', tenantId, time };
      const identity = eventIdentity(event);
      const body = eventBody(type, time, { endpointId: externalId, message: 'This endpoint is reached.' });
      await this.events.add(transaction, [
        {
          ...identity,
          tenant_id: tenantId,
          type,
          occurred_at: time,
          body,
          source_event_id: event.id,
          correlation_id: event.id,
          traceparent: undefined,
        },
      ]);
      const delivery = { id: v7(), tenantId, endpointId: endpoint.id, identity: identity.identity };
      await this.lanes.wake(transaction, await this.deliveries.add(transaction, [delivery]));
      transaction.afterCommit(this.signal.wake);
      return delivery.id;
    });
    return id;
  }
}
