import {
  achievementDetails,
  emailAddress,
  evidence,
  externalId,
  occasion,
  personName,
  plainText,
  version,
} from '@laurel/contracts';
import { z } from 'zod';

const member = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be a name');
const versioned = z
  .object({ id: externalId, version: version.optional().meta({ description: 'The newest published one if left out' }) })
  .strict();

/** The body of a call that asks for a certificate. */
export const newCertificate = z
  .object({
    credentialType: versioned,
    template: versioned,
    issuerId: z.uuid(),
    learner: z.object({ id: externalId, name: personName, email: emailAddress.optional() }).strict(),
    input: z
      .record(member, z.union([z.string(), z.number()]))
      .meta({ description: 'What the credential type asks for, by name' }),
    achievement: z
      .object({
        description: plainText(4_000).optional(),
        criteria: plainText(4_000).optional(),
        ...achievementDetails,
      })
      .strict()
      .optional()
      .meta({ description: 'What was achieved, where the words of the credential type are not enough' }),
    evidence: z
      .array(evidence.strict())
      .min(1)
      .max(10)
      .optional()
      .meta({ description: 'What the learner made, for verifiers to look at' }),
    occasion: occasion
      .optional()
      .meta({ description: 'Members of the occasion that are neither in the input nor the learner’s id' }),
  })
  .strict()
  .meta({ id: 'NewCertificate' });

/** A call that asks for a certificate. */
export type NewCertificate = z.output<typeof newCertificate>;
