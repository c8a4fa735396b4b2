/** How a signature stands in a design; lengths in its units. */
export interface SignatureStyle {
  readonly width: number;
  readonly anchor: 'start' | 'middle';
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
  const left = anchor === 'middle' ? x - width / 2 : x;
  const slot = `signatories.${index}`;
  const other = `signatories.${1 - index}.name`;
  const when = company === 'paired' ? `${slot}.name ${other}` : `${slot}.name`;
  const unless = company === 'alone' ? ` data-unless="${other}"` : '';
  const fit = `text-anchor="${anchor}" data-fit-width="${width}" data-wrap="2" data-wrap-grow="down"`;
  return `<g data-when="${when}"${unless}>
<image href="{{${slot}.signature}}" x="${left}" y="${y - 150}" width="${width}" height="145" preserveAspectRatio="${anchor === 'middle' ? 'xMidYMax' : 'xMinYMax'} meet"/>
<path d="M${left} ${y}h${width}" stroke="${line}" stroke-width="3"/>
<text x="${x}" y="${y + nameSize * 1.15}" ${fit} font-family="${family}" font-size="${nameSize}" font-weight="600" fill="${ink}">{{${slot}.name}}</text>
<text x="${x}" y="${y + nameSize * 1.15 + titleSize * 1.35}" ${fit} font-family="${family}" font-size="${titleSize}" fill="${pale}">{{${slot}.title}}</text>
</g>`;
}
