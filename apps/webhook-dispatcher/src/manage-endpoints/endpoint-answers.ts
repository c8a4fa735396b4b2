import { pageSchema } from '@laurel/service-kit';
import { z } from 'zod';
import { endpointSchemas } from './endpoint-schemas.ts';

const secret = z.string().meta({ description: 'Signs what is sent (Standard Webhooks v1). Shown now and never again' });

/** The answers of the endpoint routes, for the OpenAPI document. */
export const endpointAnswers = {
  made: endpointSchemas.view.extend({
    secret: secret.optional(),
    repeated: z.boolean().optional().meta({ description: 'An earlier request with this Idempotency-Key made it' }),
  }),
  shown: endpointSchemas.view.extend({
    deliveries: z.object({ pending: z.int(), delivered: z.int(), failed: z.int() }),
  }),
  list: pageSchema(endpointSchemas.view),
  changed: endpointSchemas.view,
  rotated: z.object({ secret: secret.optional(), repeated: z.boolean().optional() }),
  tested: z.object({ deliveryId: z.uuid() }),
};
