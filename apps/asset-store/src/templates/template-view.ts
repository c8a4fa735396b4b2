import { externalId, plainText, sha256, templateMediaType } from '@laurel/contracts';
import { z } from 'zod';
import { templateFinding } from '../check-template/template-finding.ts';

const longest = z
  .object({
    slot: z.string(),
    script: z.string().meta({ description: 'ISO 15924: `Latn`' }),
    text: z.string(),
    characters: z.int(),
  })
  .meta({ id: 'LongestText', description: 'The longest example of a text that fits into a slot' });

const version = z
  .object({
    version: z.int(),
    state: z.enum(['draft', 'published']).meta({ description: 'A draft can be previewed, a published one attached' }),
    mediaType: templateMediaType,
    sha256,
    bytes: z.int(),
    slots: z.array(z.string()).meta({ description: 'The names of its slots: `recipient.name`' }),
    advice: z
      .array(templateFinding.meta({ id: 'TemplateAdvice' }))
      .meta({ description: 'What its maker may want to look at; nothing of it keeps the design from being published' }),
    longest: z.array(longest),
    fonts: z
      .array(z.object({ id: externalId, version: z.int() }))
      .meta({ description: "The tenant's fonts that stand in it" }),
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
