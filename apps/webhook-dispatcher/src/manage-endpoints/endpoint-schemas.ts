import { externalId, plainText } from '@laurel/contracts';
import { z } from 'zod';
import { deliveredTypes } from '../events/delivered-types.ts';

const types = z
  .array(z.enum(['*', ...deliveredTypes.values()]))
  .min(1)
  .max(50)
  .transform((given) => [...new Set(given)])
  .meta({ description: 'Event types without a version; * is all of them, later ones too' });
const url = z.string().min(1).max(2_048).meta({ description: 'Where events are posted, https and public' });
const description = plainText(500);

/** The bodies and answers of the endpoint routes. */
export const endpointSchemas = {
  create: z.strictObject({
    id: externalId.optional().meta({ description: 'Yours; a UUID is made where none is given' }),
    url,
    types,
    description: description.optional(),
  }),
  change: z
    .strictObject({
      url: url.optional(),
      types: types.optional(),
      description: description.optional(),
      state: z.enum(['active', 'paused']).optional().meta({
        description: 'A paused endpoint collects events and gets none; active also mends a disabled one',
      }),
    })
    .refine((change) => Object.keys(change).length > 0, 'must change something'),
  view: z.object({
    id: z.string(),
    uuid: z.uuid().meta({ description: 'How events on Kafka name it (`endpointId`)' }),
    url: z.string(),
    types: z.array(z.string()),
    description: z.string().optional(),
    state: z.enum(['active', 'paused', 'disabled']),
    disabledReason: z.string().optional(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
};
