import type { TemplateContent } from '../print/render-plan.ts';
import type { TemplateSource } from '../template/template-source.ts';
import { dataAddress } from './data-address.ts';
import { templateKey } from './template-key.ts';

/** A template as pages take it, with its key. Throws an Error for a picture that is neither PNG nor JPEG. */
export function templateContent({ mediaType, source, images: given }: TemplateSource): TemplateContent {
  const images = Object.fromEntries(Object.entries(given ?? {}).map(([slot, image]) => [slot, dataAddress(image)]));
  return { key: templateKey({ mediaType, source, images }), mediaType, source, images };
}
