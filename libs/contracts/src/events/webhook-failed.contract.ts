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
  attempts: z.number().int().min(0),
  reason: printable(300),
  failedAt: instant,
});

/** All attempts to bring an event to an endpoint have failed. */
export const webhookFailed = defineContract({
  fact: 'webhook.failed',
  version: 1,
  description: 'All attempts to bring an event to an endpoint have failed.',
  topics: [{ name: 'webhook.failed' }],
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
      attempts: 8,
      reason: 'the last answer was 503',
      failedAt: '2026-03-02T15:36:03Z',
    },
  ],
});

export type WebhookFailed = EventOf<typeof webhookFailed>;
