import { z } from 'zod';

/** The answer to a call whose certificate is made later. */
export const acceptedRequest = z
  .object({ requestId: z.uuid().meta({ description: 'GET /v1/requests/{requestId} reads what became of it' }) })
  .meta({ id: 'AcceptedRequest' });

/** A request that was accepted. */
export type AcceptedRequest = z.output<typeof acceptedRequest>;
