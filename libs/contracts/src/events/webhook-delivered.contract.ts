import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { instant } from '../fields/instant.ts';
import { printable } from '../identifiers/printable.ts';

const data = z.object({
  endpointId: z.uuid(),
  deliveryId: z.uuid(),
  eventId: z.uuid().meta({ description: 'Of the delivered event; `webhook-id` is `msg_` and this' }),
  eventType: printable(100),
  attempts: z.number().int().min(1),
  status: z.number().int().min(200).max(299),
  deliveredAt: instant,
});

/** An endpoint took an event. */
export const webhookDelivered = defineContract({
  fact: 'webhook.delivered',
  version: 1,
  description: 'An endpoint took an event.',
  topics: [{ name: 'webhook.delivered' }],
  producers: ['webhook-dispatcher'],
  consumers: [],
  key: { of: 'endpoint', from: (_tenant, delivery) => delivery.endpointId },
  data,
  examples: [
    {
      endpointId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c0b',
      deliveryId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c0c',
      eventId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c0d',
      eventType: 'certificate.issued',
      attempts: 1,
      status: 204,
      deliveredAt: '2026-03-01T12:00:03Z',
    },
  ],
});

export type WebhookDelivered = EventOf<typeof webhookDelivered>;
