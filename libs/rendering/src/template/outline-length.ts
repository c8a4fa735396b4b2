import { attributeOf } from './attribute-of.ts';
import type { MarkupElement } from './markup.ts';

const ROUND = 2 * Math.PI;

/** About how long the outline of a shape is, in its own units: rather too much than too little, and only good enough to tell a frame from a trap. */
export function outlineLength(element: MarkupElement, text: string): number {
  const of = (name: string) => Math.abs(Number.parseFloat(attributeOf(element, name)) || 0);
  switch (element.name) {
    case 'circle':
      return ROUND * of('r');
    case 'ellipse':
      return ROUND * Math.max(of('rx'), of('ry'));
    case 'rect':
      return 2 * (of('width') + of('height'));
    case 'line':
      return of('x1') + of('x2') + of('y1') + of('y2');
    case 'path':
    case 'polyline':
    case 'polygon': {
      // Of coordinates the step from the last but one, of steps themselves.
      let length = 0;
      let [one, two] = [0, 0];
      for (const [written] of `${attributeOf(element, 'd')} ${attributeOf(element, 'points')}`.matchAll(
        /-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi,
      )) {
        const number = Number(written);
        length += Math.min(Math.abs(number), Math.abs(number - two));
        [one, two] = [number, one];
      }
      return length;
    }
    default:
      return text.length * 8 * (of('font-size') || 16);
  }
}
