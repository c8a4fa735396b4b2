import type { SlotImage } from '../template/template-source.ts';

/** A picture as an address that holds it. Throws an Error for another kind than PNG and JPEG. */
export function dataAddress({ mediaType, bytes }: SlotImage): string {
  if (mediaType !== 'image/png' && mediaType !== 'image/jpeg')
    throw new Error(`A picture of ${mediaType} cannot be printed. Give it as image/png or image/jpeg.`);
  return `data:${mediaType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
}
