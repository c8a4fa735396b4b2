import { pageSchema } from '@laurel/service-kit';
import { z } from 'zod';

const delivery = z.object({
  id: z.uuid(),
  endpointId: z.string(),
  webhookId: z.string().meta({ description: 'The `webhook-id` of every attempt' }),
  eventId: z.uuid(),
  type: z.string(),
  replay: z
    .int()
    .meta({ description: '0 for the first delivery of the event, then counting what was asked for again' }),
  state: z.enum(['pending', 'delivered', 'failed', 'cancelled']),
  attempts: z.int(),
  nextAttemptAt: z.iso.datetime().optional(),
  lastStatus: z.int().optional(),
  lastError: z.string().optional(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
});

const attempt = z.object({
  n: z.int(),
  startedAt: z.iso.datetime(),
  milliseconds: z.int(),
  status: z.int().optional(),
  errorKind: z.string().optional(),
  error: z.string().optional(),
  response: z
    .object({ headers: z.record(z.string(), z.string()), body: z.string().meta({ description: 'Its first 2 KB' }) })
    .optional(),
});

/** The answers of the delivery routes. */
export const deliverySchemas = {
  delivery,
  attempt,
  list: pageSchema(delivery),
  shown: delivery.extend({ log: z.array(attempt) }),
};
