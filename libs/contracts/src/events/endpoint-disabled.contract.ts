import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { instant } from '../fields/instant.ts';
import { printable } from '../identifiers/printable.ts';

const data = z.object({
  endpointId: z.uuid(),
  reason: printable(300),
  disabledAt: instant,
});

/** Nothing is sent to it until someone enables it again. */
export const endpointDisabled = defineContract({
  fact: 'endpoint.disabled',
  version: 1,
  description: 'An endpoint gets nothing any more: it said that it is gone, or failed for days.',
  topics: [{ name: 'endpoint.disabled', partitions: 3 }],
  producers: ['webhook-dispatcher'],
  consumers: [],
  key: { of: 'endpoint', from: (_tenant, disabled) => disabled.endpointId },
  data,
  examples: [
    {
      endpointId: '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c0b',
      reason: 'it answered 410 Gone',
      disabledAt: '2026-03-01T12:00:03Z',
    },
  ],
});

export type EndpointDisabled = EventOf<typeof endpointDisabled>;
