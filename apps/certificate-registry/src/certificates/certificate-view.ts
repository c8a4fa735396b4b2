import { certificateStates } from '@laurel/certificates';
import { z } from 'zod';

const instant = z.iso.datetime();

/** A certificate as this API shows it to its tenant. */
export const certificateView = z
  .object({
    id: z.uuid(),
    publicId: z.string().meta({ description: 'Stands in the public addresses; cannot be guessed' }),
    number: z.string(),
    state: z.enum(certificateStates),
    expired: z.boolean().meta({ description: 'Told by its date: an expired certificate keeps its state' }),
    version: z.int(),
    credentialType: z.object({ id: z.string(), version: z.int() }),
    occasion: z.record(z.string(), z.string()),
    issueNumber: z.int(),
    requestId: z.uuid(),
    recipient: z.object({ learnerId: z.string(), name: z.string() }),
    award: z.object({ id: z.string(), version: z.int().optional() }).optional(),
    batchId: z.string().optional(),
    issuerId: z.uuid(),
    allocatedAt: instant,
    issuedAt: instant.optional(),
    expiresAt: instant.optional(),
    changedAt: instant.meta({ description: 'Since when it is in this state' }),
    reason: z.string().optional().meta({ description: 'Why it is in this state' }),
    suspendedUntil: instant.optional(),
    supersedes: z.uuid().optional(),
    supersededBy: z.uuid().optional(),
    failure: z.object({ type: z.string(), reason: z.string() }).optional(),
    hashes: z.object({ pdf: z.string(), credential: z.string() }).optional(),
    links: z
      .object({ verify: z.string(), pdf: z.string(), credential: z.string() })
      .optional()
      .meta({ description: 'From the moment it is issued' }),
  })
  .meta({ id: 'Certificate' });

/** A certificate as this API shows it to its tenant. */
export type CertificateView = z.output<typeof certificateView>;
