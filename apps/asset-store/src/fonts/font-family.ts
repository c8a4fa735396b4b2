import { isPinnedFamily } from '@laurel/rendering/templates';
import { z } from 'zod';

const generic = new Set(
  'serif sans-serif monospace cursive fantasy system-ui math emoji fangsong ui-serif ui-sans-serif ui-monospace ui-rounded inherit initial unset revert revert-layer default none'.split(
    ' ',
  ),
);

/** The family of a tenant's font, as designs name it: letters, digits, single spaces and hyphens. Neither a word of CSS nor a family that Laurel brings. */
export const fontFamily = z
  .string()
  .regex(
    /^(?=.{1,64}$)\p{L}[\p{L}\p{M}\p{Nd}]*(?:[ -][\p{L}\p{M}\p{Nd}]+)*$/u,
    'must be 1 to 64 letters, digits, single spaces and hyphens, and begin with a letter',
  )
  .refine((family) => !generic.has(family.toLowerCase()), 'is a word of CSS; call the family by its own name')
  .refine(
    (family) => !isPinnedFamily(family),
    'is the name of a font that Laurel brings or may bring; choose another family name, and write it in the designs',
  )
  .meta({ description: 'As designs name it in `font-family`', example: 'Acme Sans' });
