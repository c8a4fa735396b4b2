import { externalId, plainText, sha256 } from '@laurel/contracts';
import { z } from 'zod';

const version = z
  .object({
    version: z.int(),
    family: z.string().meta({ description: 'As designs name it in `font-family`' }),
    weight: z.int().meta({ description: 'As the file says: 400 is regular, 700 is bold' }),
    italic: z.boolean(),
    licence: plainText(1_000).meta({ description: 'By what right it stands in certificates' }),
    sha256,
    bytes: z.int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'FontVersion' });

const font = version.extend({ id: externalId }).meta({ id: 'Font' });
const whole = z.object({ id: externalId, versions: z.array(version) }).meta({ id: 'FontWithVersions' });

/** How fonts are answered. */
export const fontView = { version, font, whole };

/** A version of a font as it is answered. */
export type FontVersion = z.output<typeof version>;
/** The newest version of a font. */
export type Font = z.output<typeof font>;
/** A font with its versions, the first one first. */
export type WholeFont = z.output<typeof whole>;
