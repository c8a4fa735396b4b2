import { z } from 'zod';
import { imageReference } from './object-reference.ts';
import { plainText } from './plain-text.ts';

/** Who signs on paper: stands on the certificate, not in the cryptography. */
export const signatory = z.object({
  name: plainText(200),
  title: plainText(200).optional(),
  signature: imageReference.optional().meta({ description: 'The picture of the signature, an image of asset-store' }),
});
