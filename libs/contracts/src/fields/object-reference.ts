import { z } from 'zod';
import { sha256 } from './sha256.ts';

/** An asset in the object store, `assets/<tenant>/<sha256>.<ext>`, where the media type tells `ext` (png, jpg, svg, html). */
export const imageReference = z.object({
  sha256,
  mediaType: z.enum(['image/png', 'image/jpeg', 'image/svg+xml']),
});
