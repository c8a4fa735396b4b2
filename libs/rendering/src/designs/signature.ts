import { textLine } from './text-line.ts';

/** How a signature stands in a design; lengths in its units. */
export interface SignatureStyle {
  readonly width: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly family: string;
  readonly nameSize: number;
  readonly titleSize: number;
  readonly ink: string;
  readonly pale: string;
  readonly line: string;
}

/** One signatory at (x, y), the place of the line under the signature; there only if its name is, and beside the other one or alone if `company` says so. */
export function signature(
  index: 0 | 1,
  x: number,
  y: number,
  style: SignatureStyle,
  company?: 'paired' | 'alone',
): string {
  const { width, anchor, family, nameSize, titleSize, ink, pale, line } = style;
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  const slot = `signatories.${index}`;
  const other = `signatories.${1 - index}.name`;
  const when = company === 'paired' ? `${slot}.name ${other}` : `${slot}.name`;
  const unless = company === 'alone' ? ` data-unless="${other}"` : '';
  const align = { start: 'xMin', middle: 'xMid', end: 'xMax' }[anchor];
  const below = y + nameSize * 1.16;
  const fit = { anchor, family, width, lines: 2, least: 0.35 } as const;
  return `<g data-when="${when}"${unless}>
<image href="{{${slot}.signature}}" x="${left}" y="${y - 146}" width="${width}" height="142" preserveAspectRatio="${align}YMax meet"/>
<path d="M${left} ${y}h${width}" stroke="${line}" stroke-width="3"/>
${textLine(x, below, `{{${slot}.name}}`, { ...fit, size: nameSize, weight: 600, fill: ink, height: nameSize * 1.5, wrapBelow: 0.7 })}
${textLine(x, Math.round(below + titleSize * 1.42), `{{${slot}.title}}`, { ...fit, size: titleSize, fill: pale, grow: 'down', height: titleSize * 2.2, wrapBelow: 0.9 })}
</g>`;
}
