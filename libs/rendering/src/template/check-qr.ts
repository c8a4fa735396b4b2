import { parseSlots } from '../slots/parse-slots.ts';
import type { Finding, Markup, MarkupElement } from './markup.ts';
import { pageSize } from './page-size.ts';

const LEAST_MM = 20;

/** A certificate without a readable QR code cannot be verified from paper. */
export function checkQr(markup: Markup): Finding[] {
  const places = markup.elements.filter(isQr);
  if (places.length === 0)
    return [
      {
        at: 0,
        rule: 'qr',
        reason: 'The template has no place for the QR code.',
        advice:
          'Add <rect data-slot="qr" x=".." y=".." width=".." height=".."/> in SVG, <div data-slot="qr"></div> in HTML, of 20 mm or more.',
      },
    ];
  const findings: Finding[] = [];
  for (const place of places) {
    const size = sizeOf(place, markup);
    if (size === undefined || size >= LEAST_MM - 0.05) continue;
    findings.push({
      at: place.at,
      rule: 'qr',
      reason: `The QR code is ${size.toFixed(1)} mm wide; telephones need ${LEAST_MM} mm.`,
      advice: `Make its place ${LEAST_MM} mm or wider, with its white margin inside.`,
    });
  }
  return findings;
}

function isQr({ attributes }: MarkupElement): boolean {
  return attributes.some(({ name, value }) => {
    if (name === 'data-slot' || name === 'data-laurel-slot') return value.trim() === 'qr';
    const [part, ...others] = /^(?:xlink:)?href$|^src$/.test(name) ? parseSlots(value.trim()) : [];
    return others.length === 0 && typeof part === 'object' && part.slot === 'qr';
  });
}

const MM: Readonly<Record<string, number>> = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72, pc: 25.4 / 6, px: 25.4 / 96 };

/** In millimetres on paper; undefined where only a layout could tell (`compile` prints, and shows it). */
function sizeOf(place: MarkupElement, markup: Markup): number | undefined {
  const get = (element: MarkupElement, name: string) =>
    element.attributes.find((attribute) => attribute.name === name)?.value ?? '';
  const style = get(place, 'style');
  const lengths = ['width', 'height'].map(
    (name) => new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`, 'i').exec(style)?.[1]?.trim() ?? get(place, name).trim(),
  );
  const root = markup.elements[0];
  const isSvg = root?.name === 'svg';
  let scale = 1;
  if (isSvg) {
    const page = pageSize(root);
    if (page === undefined) return undefined;
    scale = page.mmPerUnit;
    for (
      let element: MarkupElement | undefined = place;
      element !== undefined && element !== root;
      element = element.parent
    ) {
      for (const [, kind, list = ''] of get(element, 'transform').matchAll(/(scale|matrix)\(([^)]*)\)/g)) {
        const [a = 1, b = 0] = list
          .trim()
          .split(/[\s,]+/)
          .map(Number);
        scale *= kind === 'scale' ? Math.abs(a) : Math.hypot(a, b);
      }
    }
  }
  const sizes = lengths.map((length) => {
    const match = /^([\d.]+)(mm|cm|in|pt|pc|px)?$/.exec(length);
    if (match?.[1] === undefined) return undefined;
    if (isSvg)
      return (
        Number(match[1]) *
        (match[2] === undefined || match[2] === 'px' ? 1 : (MM[match[2]] ?? 1) / (MM['px'] ?? 1)) *
        scale
      );
    return Number(match[1]) * (MM[match[2] ?? 'px'] ?? 1);
  });
  const known = sizes.filter((size) => size !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
