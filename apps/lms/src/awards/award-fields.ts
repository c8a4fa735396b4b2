import { achievementDetails, externalId, freeJson, plainText, signatory, version } from '@laurel/contracts';
import { z } from 'zod';

const named = (what: string) =>
  z.strictObject({
    id: externalId,
    version: version.optional().meta({ description: `Left out, the newest version of the ${what} that is published` }),
  });

/** The members of an award that its maker writes. */
export const awardFields = {
  name: plainText(200),
  credentialType: named('credential type'),
  template: named('template'),
  // OpenAPI cannot say what `freeJson` checks; what the rule must look like, libs/rules says.
  criteria: z
    .unknown()
    .refine((value) => freeJson.safeParse(value).success, 'must be a JSON object')
    .meta({
      description: 'The rule: {"enrolment":{"status":"completed"},"score":{"final":{">=":60}}}',
    }),
  issuerId: z.uuid().meta({ description: 'Who signs, an issuer of certificate-registry' }),
  signatories: z.array(signatory).max(8).default([]).meta({ description: 'Who signs on paper' }),
  achievement: z
    .strictObject({
      description: plainText(4_000).optional(),
      criteria: plainText(4_000).optional(),
      ...achievementDetails,
    })
    .optional()
    .meta({
      description:
        'What was achieved: its words, made of the course and the criteria where they are left out, and what readers of badges show beside',
    }),
};
