import type { Contract } from '../catalogue/contract.ts';
import type { Event } from '../envelope/event.ts';
import { stableUuid } from '../identifiers/stable-uuid.ts';

const tenant = 'acme';

/** The examples of a contract as events: everything around their data is the same on every day and machine. */
export function exampleEvents(contract: Contract): Event[] {
  return contract.examples.map((data, index) => ({
    id: stableUuid(tenant, 'example', contract.type, String(index + 1)),
    source: `/laurel/${contract.producers[0]}`,
    type: contract.type,
    time: new Date('2026-03-01T12:00:03.000Z'),
    tenantId: tenant,
    correlationId: stableUuid(tenant, 'example', 'correlation'),
    causationId: stableUuid(tenant, 'example', 'cause'),
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    sequence: index + 1,
    data,
  }));
}
