import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { memberName } from '../fields/member-name.ts';
import { ownTerms } from '../fields/own-terms.ts';
import { plainText } from '../fields/plain-text.ts';
import { validityPeriod } from '../fields/validity-period.ts';
import { version } from '../fields/version.ts';
import { externalId } from '../identifiers/external-id.ts';
import { freeJson } from '../identifiers/free-json.ts';
import { printable } from '../identifiers/printable.ts';
import { stableUuid } from '../identifiers/stable-uuid.ts';

const data = z.object({
  typeId: externalId,
  version,
  name: plainText(200),
  description: plainText(2_000).optional(),
  input: z
    .record(memberName, z.object({ type: z.enum(['string', 'number', 'date', 'instant']), required: z.boolean() }))
    .meta({ description: 'What a request has to give, by name' }),
  occasion: z.array(memberName).min(1).max(8).meta({ description: 'What one certificate is for, in names' }),
  claims: z.array(memberName).max(64).meta({ description: 'The members of the input that are signed' }),
  terms: ownTerms,
  meta: z.array(memberName).max(64).meta({ description: 'Those that only the template shows' }),
  achievementType: printable(64).optional(),
  validity: validityPeriod
    .optional()
    .meta({ description: 'ISO 8601 duration from issue to expiry; left out, it does not expire' }),
  qr: z.enum(['url']).meta({ description: 'What stands in the QR code' }),
  schema: freeJson.optional().meta({ description: 'JSON Schema of the input, where more is demanded than types' }),
});

/** The contract of one kind of certificate; a published version never changes. */
export const credentialTypePublished = defineContract({
  fact: 'credential-type.published',
  version: 1,
  description: 'A version of a credential type can be used. It never changes.',
  topics: [{ name: 'credential-type.published', partitions: 3, retention: 'compact' }],
  producers: ['asset-store'],
  consumers: ['lms', 'certificate-registry'],
  key: {
    of: 'credential type with its version',
    from: (tenant, type) => stableUuid(tenant, 'credential-type', type.typeId, String(type.version)),
  },
  data,
  examples: [
    {
      typeId: 'course-completion',
      version: 1,
      name: 'Course completion',
      input: {
        batchId: { type: 'string', required: true },
        courseTitle: { type: 'string', required: true },
        completedAt: { type: 'instant', required: true },
        score: { type: 'number', required: false },
      },
      occasion: ['batchId', 'awardId', 'learnerId'],
      claims: ['batchId', 'courseTitle', 'completedAt', 'score'],
      meta: [],
      achievementType: 'Course',
      qr: 'url',
    },
    {
      typeId: 'membership',
      version: 2,
      name: 'Membership',
      input: {
        memberId: { type: 'string', required: true },
        memberSince: { type: 'date', required: true },
      },
      occasion: ['memberId'],
      claims: ['memberId', 'memberSince'],
      terms: ['memberSince'],
      meta: [],
      qr: 'url',
    },
  ],
});

export type CredentialTypePublished = EventOf<typeof credentialTypePublished>;
