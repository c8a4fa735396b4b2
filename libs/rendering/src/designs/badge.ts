import type { BuiltInTemplate } from './built-in-template.ts';
import { laurelWreath } from './laurel-wreath.ts';
import { signature, type SignatureStyle } from './signature.ts';
import { textLine } from './text-line.ts';
import { tileMosaic } from './tile-mosaic.ts';

const INDIGO = '#231f5c';
const VIOLET = '#4a35c2';
const CORAL = '#f4634d';
const AMBER = '#ffb340';
const MINT = '#23b894';
const LILAC = '#a99bff';
const INK = '#1d1b33';
const GREY = '#55536b';
// Its ligatures (tt, ff) are no characters: some readers copy nothing for them.
const MANROPE = 'Manrope, sans-serif';

// US Letter: 215.9 mm by 279.4 mm.
const [WIDTH, HEIGHT] = [2159, 2794];
const MIDDLE = WIDTH / 2;
const [COLUMNS, SIDE] = [12, 180];
const colours = [VIOLET, INDIGO, '#37289a', '#6a56e0', LILAC, CORAL, AMBER, MINT];
const mosaic = tileMosaic(COLUMNS, 6, SIDE, 4, colours.length);

/** A hexagon around the origin, one corner up, its corners rounded. */
function hexagon(radius: number): string {
  const corner = (at: number, part: number) => {
    const angle = -Math.PI / 2 + (at * Math.PI) / 3;
    const next = angle + Math.PI / 3;
    const mix = (a: number, b: number) => Math.round(radius * (a * (1 - part) + b * part));
    return `${mix(Math.cos(angle), Math.cos(next))} ${mix(Math.sin(angle), Math.sin(next))}`;
  };
  const sides = Array.from(
    { length: 6 },
    (_, at) => `L${corner(at, 0.12)} ${corner(at, 0.88)}Q${corner(at + 1, 0)} ${corner(at + 1, 0.12)}`,
  );
  return `M${corner(0, 0.12)}${sides.join('')}z`;
}
const facet = (radius: number, at: number) => {
  const point = (index: number) => {
    const angle = -Math.PI / 2 + (index * Math.PI) / 3;
    return `${Math.round(radius * Math.cos(angle))} ${Math.round(radius * Math.sin(angle))}`;
  };
  return `M0 0L${point(at)} ${point(at + 1)}z`;
};
const shades = ['#5b45dd', '#4a35c2', '#3b2aa3', '#332491', '#4230b3', '#6650ec'];
/** Half of each point of a star, cut as a gem is: the light halves, or the dark ones. */
const cut = (radius: number, isLight: boolean) =>
  Array.from({ length: 5 }, (_, at) => {
    const tip = -Math.PI / 2 + (at * 2 * Math.PI) / 5;
    const valley = tip + ((isLight ? -1 : 1) * Math.PI) / 5;
    const point = (angle: number, length: number) =>
      `${Math.round(length * Math.cos(angle))} ${Math.round(length * Math.sin(angle))}`;
    return `M0 0L${point(tip, radius)} ${point(valley, radius * 0.42)}z`;
  }).join('');
const wreath = laurelWreath(208, 11);

const person: SignatureStyle = {
  width: 700,
  anchor: 'middle',
  family: MANROPE,
  nameSize: 46,
  titleSize: 38,
  ink: INK,
  pale: GREY,
  line: '#8d8aa5',
};
const issuer = { family: MANROPE, weight: 700, fill: INK, width: 1800 } as const;
const RIGHT = WIDTH - 150;
const end = { anchor: 'end', width: 560 } as const;
const white = { family: MANROPE, anchor: 'start', fill: '#ffffff' } as const;

/** A mosaic and a gem of a badge: US Letter portrait. A unit is a tenth of a millimetre. */
export const badge: BuiltInTemplate = {
  id: 'badge',
  title: 'Badge',
  paper: 'Letter',
  orientation: 'portrait',
  language: 'en',
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="215.9mm" height="279.4mm" viewBox="0 0 ${WIDTH} ${HEIGHT}" style="font-variant-ligatures:none">
<title>Certificate</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<rect width="${WIDTH}" height="${SIDE * 6}" fill="${colours[0]}"/>
${mosaic.map((path, colour) => `<path d="${path}" fill="${colours[colour] ?? ''}"/>`).join('')}
<rect y="${SIDE * 6}" width="${WIDTH}" height="20" fill="${INDIGO}"/>
<g transform="translate(${MIDDLE} 672)">
<path d="${hexagon(520)}" fill="#ffffff"/>
<path d="${hexagon(480)}" fill="${AMBER}"/>
<path d="${hexagon(436)}" fill="${INDIGO}"/>
${shades.map((shade, at) => `<path d="${facet(384, at)}" fill="${shade}"/>`).join('')}
</g>
<g transform="translate(${MIDDLE} 1024)">
<path d="M-520-62H-330V78H-520L-470 8zM520-62H330V78H520L470 8z" fill="#c2402c"/>
<path d="M-400-92H400V48H-400z" fill="${CORAL}"/>
<path d="M-400 48L-330 78V48zM400 48L330 78V48z" fill="#8f2a1a"/>
</g>
${textLine(MIDDLE, 1034, 'CERTIFICATE', { family: MANROPE, size: 100, weight: 800, fill: '#ffffff' })}
<rect y="2470" width="${WIDTH}" height="324" fill="${INDIGO}"/>
<rect x="150" y="2494" width="276" height="276" fill="#ffffff"/>
${textLine(MIDDLE, 1304, 'Awarded to', { family: MANROPE, size: 46, weight: 500, fill: GREY })}
${textLine(MIDDLE, 1608, 'for completing', { family: MANROPE, size: 46, weight: 500, fill: GREY })}
<g transform="translate(${MIDDLE} 640)" data-unless="images.badge"><path d="${wreath.leaves}" fill="${AMBER}"/><path d="${wreath.twigs}" fill="none" stroke="${AMBER}" stroke-width="7"/><path d="${cut(146, true)}" fill="#ffd37d"/><path d="${cut(146, false)}" fill="${AMBER}"/></g>
<image href="{{images.badge}}" x="${MIDDLE - 210}" y="430" width="420" height="420" preserveAspectRatio="xMidYMid meet"/>
${textLine(MIDDLE, 1484, '{{recipient.name}}', { family: MANROPE, size: 148, weight: 800, fill: INDIGO, width: 1800, lines: 3, least: 0.3, height: 180, lineHeight: 1.1 })}
${textLine(MIDDLE, 1730, '{{achievement.name}}', { family: MANROPE, size: 96, weight: 700, fill: VIOLET, width: 1800, lines: 2, lineHeight: 1.1, height: 150, wrapBelow: 0.8 })}
${textLine(MIDDLE, 1836, '{{achievement.description}}', { family: MANROPE, size: 44, fill: GREY, width: 1640, lines: 3, grow: 'down', lineHeight: 1.35, height: 150, wrapBelow: 0.95 })}
<image href="{{images.logo}}" x="${MIDDLE - 300}" y="1986" width="600" height="84" preserveAspectRatio="xMidYMid meet"/>
${textLine(MIDDLE, 2118, '{{issuer.name}}', { ...issuer, size: 42, when: 'images.logo' })}
${textLine(MIDDLE, 2066, '{{issuer.name}}', { ...issuer, size: 52, unless: 'images.logo' })}
${signature(0, 600, 2290, person, 'paired')}
${signature(1, 1559, 2290, person)}
${signature(0, MIDDLE, 2290, { ...person, width: 800 }, 'alone')}
<rect data-slot="qr" x="158" y="2502" width="260" height="260"/>
${textLine(480, 2602, 'No. {{certificate.number}}', { ...white, size: 46, weight: 700, width: 860 })}
${textLine(480, 2666, 'Issued on {{certificate.issuedOn}}', { ...white, size: 40, width: 860 })}
${textLine(480, 2728, '{{verify.url}}', { ...white, size: 32, fill: '#d9d4ff', width: 920 })}
${textLine(RIGHT, 2602, 'Score {{completion.score}}\u00a0%', { ...white, ...end, size: 46, weight: 700, when: 'completion.score' })}
${textLine(RIGHT, 2666, 'Completed on {{completion.completedOn}}', { ...white, ...end, size: 40, when: 'completion.completedOn' })}
${textLine(RIGHT, 2728, 'Valid until {{certificate.expiresOn}}', { ...white, ...end, size: 32, fill: '#d9d4ff', when: 'certificate.expiresOn' })}
</svg>
`,
};
