import { parseSlots } from '../slots/parse-slots.ts';
import type { MarkupElement } from './markup.ts';

/** Whether the QR code is drawn in the place of this element: `data-slot="qr"`, or a picture whose address is its slot. */
export function isQrPlace({ attributes }: MarkupElement): boolean {
  return attributes.some(({ name, value }) => {
    if (name === 'data-slot' || name === 'data-laurel-slot') return value.trim() === 'qr';
    const [part, ...others] = /^(?:xlink:)?href$|^src$/.test(name) ? parseSlots(value.slice(0, 200).trim()) : [];
    return others.length === 0 && typeof part === 'object' && part.slot === 'qr';
  });
}
