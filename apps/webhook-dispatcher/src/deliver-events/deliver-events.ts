import type { Event } from '@laurel/contracts';
import type { Slice } from '@laurel/messaging';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { DeliveryRepository } from '../deliveries/delivery.repository.ts';
import type { NewDelivery } from '../deliveries/new-delivery.ts';
import { EndpointRepository } from '../endpoints/endpoint.repository.ts';
import { deliveredTypes } from '../events/delivered-types.ts';
import { eventBody } from '../events/event-body.ts';
import { eventIdentity } from '../events/event-identity.ts';
import { EventRepository, type EventRow } from '../events/event.repository.ts';
import { LaneRepository } from '../lanes/lane.repository.ts';
import { WakeSignal } from '../lanes/wake-signal.ts';

/**
 * Notes for a slice of events which endpoints are to get them, and wakes their lanes. It never calls anybody: a slow
 * receiver must not hold a partition. An event that nobody wants costs its share of one query and leaves no row.
 */
@Injectable()
export class DeliverEvents {
  constructor(
    private readonly endpoints: EndpointRepository,
    private readonly events: EventRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly lanes: LaneRepository,
    private readonly signal: WakeSignal,
  ) {}

  async run(events: readonly Event[], { transaction }: Pick<Slice, 'transaction'>): Promise<void> {
    const named = events.map((event) => ({ event, type: factOf(event) }));
    const subscribers = await this.endpoints.subscribers(
      transaction,
      [...new Set(events.map(({ tenantId }) => tenantId))],
      [...new Set(named.map(({ type }) => type))],
    );
    if (subscribers.length === 0) return;
    const rows: EventRow[] = [];
    const deliveries: NewDelivery[] = [];
    for (const { event, type } of named) {
      const wanting = subscribers.filter(
        ({ tenant_id, types }) => tenant_id === event.tenantId && (types.includes(type) || types.includes('*')),
      );
      if (wanting.length === 0) continue;
      const row = eventRow(event, type);
      rows.push(row);
      for (const { id: endpointId } of wanting) {
        deliveries.push({ id: v7(), tenantId: event.tenantId, endpointId, identity: row.identity });
      }
    }
    if (rows.length === 0) return;
    await this.events.add(transaction, rows);
    const woken = await this.deliveries.add(transaction, deliveries);
    await this.lanes.wake(transaction, woken);
    transaction.afterCommit(this.signal.wake);
  }
}

function factOf({ type }: Event): string {
  const fact = deliveredTypes.get(type);
  if (fact === undefined)
    throw new Error(`${type} does not name webhook-dispatcher among the consumers of its contract`);
  return fact;
}

function eventRow(event: Event, type: string): EventRow {
  return {
    ...eventIdentity(event),
    tenant_id: event.tenantId,
    type,
    occurred_at: event.time,
    body: eventBody(type, event.time, event.data as object),
    source_event_id: event.id,
    correlation_id: event.correlationId,
    traceparent: event.traceparent,
  };
}
