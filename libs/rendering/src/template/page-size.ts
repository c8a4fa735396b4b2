import type { MarkupElement } from './markup.ts';

const MM: Readonly<Record<string, number>> = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72, pc: 25.4 / 6 };

/** How wide the paper of an SVG template is and how much of it one unit of its drawing takes, as load-template.ts lays it out; undefined if it says neither viewBox nor size. */
export function pageSize(root: MarkupElement): { widthMm: number; heightMm: number; mmPerUnit: number } | undefined {
  const get = (name: string) => root.attributes.find((attribute) => attribute.name === name)?.value ?? '';
  const [width, height] = [get('width'), get('height')].map((text) =>
    /^\s*([\d.]+)\s*(mm|cm|in|pt|pc|px)?\s*$/.exec(text),
  );
  const box = get('viewBox')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const isBox = box.length === 4 && box.every(Number.isFinite);
  const units = isBox ? (box[2] ?? 0) : Number(width?.[1]);
  const tall = isBox ? (box[3] ?? 0) : Number(height?.[1]);
  if (!(units > 0) || !(tall > 0)) return undefined;
  const [unit, upright] = [MM[width?.[2] ?? ''], MM[height?.[2] ?? '']];
  const isAbsolute = unit !== undefined && upright !== undefined;
  const widthMm = isAbsolute ? Number(width?.[1]) * unit : units < tall ? 210 : 297;
  const heightMm = isAbsolute ? Number(height?.[1]) * upright : (widthMm * tall) / units;
  return { widthMm, heightMm, mmPerUnit: Math.min(widthMm / units, heightMm / tall) };
}
