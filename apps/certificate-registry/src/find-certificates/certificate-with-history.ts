import { certificateStates } from '@laurel/certificates';
import { z } from 'zod';
import { certificateView } from '../certificates/certificate-view.ts';

/** A certificate together with every change of its state. */
export const certificateWithHistory = certificateView
  .extend({
    history: z.array(
      z.object({
        version: z.int(),
        state: z.enum(certificateStates),
        actor: z.string(),
        reason: z.string().optional(),
        at: z.iso.datetime(),
        suspendedUntil: z.iso.datetime().optional(),
      }),
    ),
  })
  .meta({ id: 'CertificateWithHistory' });

/** A certificate together with every change of its state. */
export type CertificateWithHistory = z.output<typeof certificateWithHistory>;
