import { z } from 'zod';
import { certificateView } from '../certificates/certificate-view.ts';

/** What became of a request. */
export const followedRequest = z
  .object({
    requestId: z.uuid(),
    state: z.enum(['pending', 'issued', 'failed']).meta({
      description: '`issued` says that there is a certificate, whatever was done to it later: its own state tells that',
    }),
    certificate: certificateView.optional().meta({ description: 'From the moment it has a number' }),
    failure: z.object({ type: z.string(), reason: z.string() }).optional(),
  })
  .meta({ id: 'FollowedRequest' });

/** What became of a request. */
export type FollowedRequest = z.output<typeof followedRequest>;
