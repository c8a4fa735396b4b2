import { externalId } from '@laurel/contracts';
import { z } from 'zod';
import { definition } from './definition.ts';

const version = definition.members
  .extend({
    version: z.int(),
    state: z.enum(['draft', 'published']),
    createdAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'CredentialTypeVersion' });

const type = z
  .object({
    id: externalId,
    name: z.string().meta({ description: 'Of its newest version' }),
    builtIn: z.boolean().meta({ description: 'Laurel brings it and publishes its versions' }),
    published: z.int().optional().meta({ description: 'The newest published version; left out while there is none' }),
  })
  .meta({ id: 'CredentialType' });

const whole = type.extend({ versions: z.array(version) }).meta({ id: 'CredentialTypeWithVersions' });

/** How credential types are answered. */
export const credentialTypeView = { version, type, whole };

/** A version of a credential type as it is answered. */
export type CredentialTypeVersion = z.output<typeof version>;
/** A credential type in a list. */
export type CredentialType = z.output<typeof type>;
/** A credential type with its versions, the first one first. */
export type WholeCredentialType = z.output<typeof whole>;
