import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { plainText } from '../fields/plain-text.ts';
import { publicData } from '../fields/public-data.ts';
import { timeZone } from '../fields/time-zone.ts';
import { stableUuid } from '../identifiers/stable-uuid.ts';
import { tenantId } from '../identifiers/tenant-id.ts';

const data = z.object({
  id: tenantId,
  name: plainText(200),
  timeZone: timeZone.meta({ description: 'Of its batches that name none' }),
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))
    .min(1)
    .max(20)
    .meta({ description: 'BCP 47 tags, the usual one first' }),
  publicData: publicData.optional().meta({ description: 'Everything is shown where it is left out' }),
});

/** An organisation as it is now. */
export const tenantUpdated = defineContract({
  fact: 'tenant.updated',
  version: 1,
  description: 'An organisation was made or changed; the newest record of a key is how it is now.',
  topics: [{ name: 'tenant.updated', partitions: 3, retention: 'compact' }],
  producers: ['lms'],
  consumers: ['asset-store', 'certificate-registry'],
  key: { of: 'tenant', from: (tenant) => stableUuid(tenant, 'tenant') },
  data,
  examples: [
    { id: 'acme', name: 'Acme Academy', timeZone: 'Asia/Kolkata', languages: ['en', 'hi'] },
    {
      ...{ id: 'discreet', name: 'Discreet School', timeZone: 'Europe/Paris', languages: ['fr'] },
      publicData: { recipientName: 'initials', results: false, documents: false },
    },
  ],
});

export type TenantUpdated = EventOf<typeof tenantUpdated>;
