import { attributeOf } from './attribute-of.ts';
import { isQrPlace } from './is-qr-place.ts';
import type { Finding, Markup, MarkupElement } from './markup.ts';
import { printedLength } from './printed-length.ts';
import { printedScale } from './printed-scale.ts';
import { QR_MM } from './qr-millimetres.ts';

/** A certificate without a readable QR code cannot be verified from paper. */
export function checkQr(markup: Markup): Finding[] {
  const places = markup.elements.filter(isQrPlace);
  if (places.length === 0)
    return [
      {
        at: 0,
        rule: 'qr',
        reason: 'The template has no place for the QR code.',
        advice: `Add <rect data-slot="qr" x=".." y=".." width=".." height=".."/> in SVG, <div data-slot="qr"></div> in HTML, of ${QR_MM.least} mm or more.`,
      },
    ];
  return places.flatMap((place) => {
    const size = sizeOf(place, markup);
    if (size === undefined || size >= QR_MM.good - 0.05) return [];
    return [{ at: place.at, ...QR_MM.finding(size) }];
  });
}

/** In millimetres on paper; undefined where only a layout could tell. */
function sizeOf(place: MarkupElement, { kind }: Markup): number | undefined {
  const scale = kind === 'svg' ? printedScale(place) : undefined;
  if (kind === 'svg' && scale === undefined) return undefined;
  const style = attributeOf(place, 'style');
  const lengths = ['width', 'height'].map((name) =>
    printedLength(
      new RegExp(`(?:^|;)\\s*${name}\\s*:([^;]+)`, 'i').exec(style)?.[1] ?? attributeOf(place, name),
      scale,
    ),
  );
  const known = lengths.filter((length) => length !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
