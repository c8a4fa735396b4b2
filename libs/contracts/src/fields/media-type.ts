import { z } from 'zod';

/** The media types of templates. */
export const templateMediaType = z.enum(['image/svg+xml', 'text/html']);
