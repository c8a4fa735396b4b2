import { attributeOf } from './attribute-of.ts';
import type { MarkupElement } from './markup.ts';
import { pageSize } from './page-size.ts';

/**
 * Millimetres on paper for one unit of an element of an SVG template, as far as the file tells: undefined inside of a pattern, a symbol, an inner <svg>, or
 * where a style turns or scales (then a layout has to be looked at, see src/inspection).
 */
export function printedScale(element: MarkupElement): number | undefined {
  let scale = 1;
  let at: MarkupElement = element;
  for (; at.parent !== undefined; at = at.parent) {
    if (
      /^(?:pattern|symbol|marker|svg|clippath|mask)$/.test(at.name) ||
      /transform|zoom|scale/i.test(attributeOf(at, 'style'))
    )
      return undefined;
    for (const [, kind, list = ''] of attributeOf(at, 'transform').matchAll(/(scale|matrix)\s*\(([^)]*)\)/g)) {
      const [a = 1, b = 0] = list
        .trim()
        .split(/[\s,]+/)
        .map(Number);
      scale *= kind === 'scale' ? Math.abs(a) : Math.hypot(a, b);
    }
  }
  const page = at.name === 'svg' ? pageSize(at) : undefined;
  const found = (page?.mmPerUnit ?? NaN) * scale;
  return Number.isFinite(found) ? found : undefined;
}
