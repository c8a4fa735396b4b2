import { externalId, plainText, sha256, templateMediaType } from '@laurel/contracts';
import { z } from 'zod';

const version = z
  .object({
    version: z.int(),
    state: z.enum(['draft', 'published']).meta({ description: 'A draft can be previewed, a published one attached' }),
    mediaType: templateMediaType,
    sha256,
    bytes: z.int(),
    slots: z.array(z.string()).meta({ description: 'The names of its slots: `recipient.name`' }),
    createdAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'TemplateVersion' });

const template = z
  .object({
    id: externalId,
    title: plainText(200),
    builtIn: z.boolean().meta({ description: 'Laurel brings it and publishes its versions' }),
    published: z.int().optional().meta({ description: 'The newest published version; left out while there is none' }),
  })
  .meta({ id: 'Template' });

const whole = template.extend({ versions: z.array(version) }).meta({ id: 'TemplateWithVersions' });

/** How templates are answered. */
export const templateView = { version, template, whole };

/** A version of a template as it is answered. */
export type TemplateVersion = z.output<typeof version>;
/** A template in a list. */
export type Template = z.output<typeof template>;
/** A template with its versions, the first one first. */
export type WholeTemplate = z.output<typeof whole>;
