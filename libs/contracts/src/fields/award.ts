import { z } from 'zod';
import { externalId } from '../identifiers/external-id.ts';
import { freeJson } from '../identifiers/free-json.ts';
import { achievement } from './achievement.ts';
import { instant } from './instant.ts';
import { templateMediaType } from './media-type.ts';
import { memberName } from './member-name.ts';
import { ownTerms } from './own-terms.ts';
import { plainText } from './plain-text.ts';
import { sha256 } from './sha256.ts';
import { signatory } from './signatory.ts';
import { validityPeriod } from './validity-period.ts';
import { version } from './version.ts';

/**
 * What a course creator attaches to a batch, resolved when it is attached: whoever reads it needs no catalogue of types,
 * templates and issuers.
 */
export const award = z.object({
  id: externalId,
  version: version.meta({ description: 'Raised whenever the award is replaced' }),
  name: plainText(200),
  attachedAt: instant.meta({ description: 'It applies by itself to completions that are not earlier' }),
  appliesToEarlier: z.boolean().meta({ description: 'A job issues to earlier completions too' }),
  criteria: freeJson.meta({ description: 'The rule, as libs/rules reads it' }),
  credentialType: z.object({
    id: externalId,
    version,
    occasion: z.array(memberName).min(1).max(8).meta({ description: 'The members of the occasion, by name' }),
    claims: z.array(memberName).max(64).meta({ description: 'The members of the input that are signed, by name' }),
    terms: ownTerms,
    validity: validityPeriod
      .optional()
      .meta({ description: 'ISO 8601 duration in years, months and days from the decision to the expiry' }),
  }),
  template: z.object({ id: externalId, version, sha256, mediaType: templateMediaType }),
  achievement,
  issuerId: z.uuid(),
  signatories: z.array(signatory).max(8),
});

/** An award as it stands in a batch. */
export type Award = z.output<typeof award>;
