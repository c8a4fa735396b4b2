import { z } from 'zod';

/** A template that is asked about, by value. */
export const templateBody = z.strictObject({
  mediaType: z.enum(['image/svg+xml', 'text/html']),
  source: z.string().min(1).max(4_194_304).meta({ description: 'The text of the file' }),
});
