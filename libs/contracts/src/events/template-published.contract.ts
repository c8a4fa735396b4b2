import { z } from 'zod';
import { defineContract } from '../catalogue/define-contract.ts';
import type { EventOf } from '../envelope/event.ts';
import { templateMediaType } from '../fields/media-type.ts';
import { plainText } from '../fields/plain-text.ts';
import { sha256 } from '../fields/sha256.ts';
import { version } from '../fields/version.ts';
import { externalId } from '../identifiers/external-id.ts';
import { printable } from '../identifiers/printable.ts';
import { stableUuid } from '../identifiers/stable-uuid.ts';

const data = z.object({
  templateId: externalId,
  version,
  title: plainText(200),
  mediaType: templateMediaType,
  sha256: sha256.meta({ description: 'The object `assets/<tenant>/<sha256>.<svg|html>`' }),
  slots: z.array(printable(100)).max(200).meta({ description: 'The names of its slots: `recipient.name`' }),
});

/** A certificate design; a published version never changes. */
export const templatePublished = defineContract({
  fact: 'template.published',
  version: 1,
  description: 'A version of a template can be used. It never changes.',
  topics: [{ name: 'template.published', partitions: 3, retention: 'compact' }],
  producers: ['asset-store'],
  consumers: ['lms', 'certificate-registry'],
  key: {
    of: 'template with its version',
    from: (tenant, template) => stableUuid(tenant, 'template', template.templateId, String(template.version)),
  },
  data,
  examples: [
    {
      templateId: 'classic',
      version: 1,
      title: 'Classic',
      mediaType: 'image/svg+xml',
      sha256: 'a'.repeat(64),
      slots: ['recipient.name', 'achievement.name', 'certificate.number', 'qr'],
    },
  ],
});

export type TemplatePublished = EventOf<typeof templatePublished>;
