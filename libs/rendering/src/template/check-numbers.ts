import { attributeOf } from './attribute-of.ts';
import type { Finding, Markup } from './markup.ts';
import { pageSideFault } from './page-side-fault.ts';
import { pageSize } from './page-size.ts';

const GEOMETRY =
  /^(?:x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|fx|fy|dx|dy|width|height|d|points|transform|gradienttransform|patterntransform|viewbox|font-size|stroke-width|stroke-dasharray|stroke-dashoffset|stddeviation|letter-spacing|word-spacing|rotate|textlength|startoffset|offset|refx|refy|markerwidth|markerheight|k1|k2|k3|k4|values|colspan|rowspan|span)$/;
/** Numbers that no drawing has: more than six digits before the point, exponents above five, and what is no number. */
const BEYOND = /(?<![\d.])\d{8}|\de\+?(?:[6-9]|\d\d)|nan|infinity/i;

/** Numbers that lead a drawing, or its reader, astray; and paper that no printer has. */
export function checkNumbers({ kind, elements }: Markup): Finding[] {
  const findings: Finding[] = [];
  for (const element of elements) {
    for (const { name, value, at } of element.attributes) {
      if (!GEOMETRY.test(name.toLowerCase())) continue;
      const match = BEYOND.exec(value);
      if (match === null) continue;
      const from = Math.max(0, match.index - 6);
      findings.push({
        at,
        rule: 'number',
        reason: `${name} has a number that no drawing needs: ${value.slice(from, from + 24).trim()}.`,
        advice: 'Write numbers below 10,000,000, without NaN or Infinity.',
      });
    }
  }
  const [root] = elements;
  if (kind === 'html' || root?.name !== 'svg') return findings;
  const box = attributeOf(root, 'viewbox').trim();
  const numbers = box.split(/[\s,]+/).map(Number);
  const size = pageSize(root);
  if (
    box !== '' &&
    !(numbers.length === 4 && numbers.every(Number.isFinite) && (numbers[2] ?? 0) > 0 && (numbers[3] ?? 0) > 0)
  )
    findings.push({
      at: root.at,
      rule: 'number',
      reason: `viewBox="${box.slice(0, 40)}" is no place on paper.`,
      advice: 'Write four numbers, x y width height, such as viewBox="0 0 2970 2100".',
    });
  else if (size === undefined)
    findings.push({
      at: root.at,
      rule: 'size',
      reason: 'The drawing says neither its viewBox nor its size.',
      advice: 'Write width="297mm" height="210mm" viewBox="0 0 2970 2100" into <svg>.',
    });
  else {
    const fault = pageSideFault([{ mm: size.widthMm }, { mm: size.heightMm }]);
    if (fault !== undefined)
      findings.push({
        at: root.at,
        rule: 'size',
        reason: fault,
        advice: 'Write the size of the paper, such as width="297mm" height="210mm".',
      });
  }
  return findings;
}
