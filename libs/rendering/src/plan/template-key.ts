import { createHash } from 'node:crypto';
import type { TemplateContent } from '../print/render-plan.ts';

/** What tells templates apart: the SHA-256 of all that stands in one, in hexadecimal. */
export function templateKey({ mediaType, source, images }: Omit<TemplateContent, 'key'>): string {
  return createHash('sha256')
    .update(JSON.stringify([mediaType, source, images]))
    .digest('hex');
}
