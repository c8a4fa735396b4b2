import type { BuiltInTemplate } from './built-in-template.ts';
import { laurelWreath } from './laurel-wreath.ts';
import { signature, type SignatureStyle } from './signature.ts';
import { star } from './star.ts';
import { textLine } from './text-line.ts';

const GREEN = '#294636';
const LEAF = '#4f6f5b';
const INK = '#1f211c';
const GREY = '#5a5e55';
const GARAMOND = 'EB Garamond, serif';
const MIDDLE = 1050;

const { leaves, twigs } = laurelWreath(168, 12);
const person: SignatureStyle = {
  width: 640,
  anchor: 'middle',
  family: GARAMOND,
  nameSize: 52,
  titleSize: 42,
  ink: INK,
  pale: GREY,
  line: '#8f958a',
};
const issuer = { family: GARAMOND, fill: GREEN, weight: 500, width: 1560 } as const;
const said = { family: GARAMOND, size: 58, italic: true, fill: GREY } as const;

/** A laurel wreath and much white: A4 portrait. A unit is a tenth of a millimetre. */
export const minimal: BuiltInTemplate = {
  id: 'minimal',
  title: 'Minimal',
  paper: 'A4',
  orientation: 'portrait',
  language: 'en',
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 2100 2970">
<title>Certificate</title>
<rect width="2100" height="2970" fill="#fffefb"/>
<rect x="110" y="110" width="1880" height="2750" fill="none" stroke="${LEAF}" stroke-width="4"/>
<g transform="translate(${MIDDLE} 462)"><path d="${leaves}" fill="${LEAF}"/><path d="${twigs}" fill="none" stroke="${LEAF}" stroke-width="5"/></g>
<path d="M950 1036h200" stroke="${LEAF}" stroke-width="5"/>
${textLine(MIDDLE, 958, 'Certificate of Completion', { family: GARAMOND, size: 138, fill: GREEN })}
${textLine(MIDDLE, 1172, 'awarded to', said)}
${textLine(MIDDLE, 1524, 'who completed', said)}
<path transform="translate(${MIDDLE} 468)" d="${star(54)}" fill="${LEAF}" data-unless="images.logo"/>
<image href="{{images.logo}}" x="935" y="352" width="230" height="230" preserveAspectRatio="xMidYMid meet"/>
${textLine(MIDDLE, 790, '{{issuer.name}}', { ...issuer, size: 62, lines: 2, height: 84, least: 0.35, wrapBelow: 0.7 })}
${textLine(MIDDLE, 1352, '{{recipient.name}}', { family: GARAMOND, size: 156, fill: INK, width: 1640, lines: 3, least: 0.3, height: 215, lineHeight: 1.1, wrapBelow: 0.6 })}
${textLine(MIDDLE, 1664, '{{achievement.name}}', { family: GARAMOND, size: 98, weight: 600, fill: GREEN, width: 1600, lines: 3, lineHeight: 1.08, height: 175, wrapBelow: 0.8 })}
${textLine(MIDDLE, 1804, '{{achievement.description}}', { family: GARAMOND, size: 52, fill: GREY, width: 1500, lines: 3, grow: 'down', lineHeight: 1.3, height: 190, wrapBelow: 0.95 })}
${textLine(MIDDLE, 2036, '{{completion.completedOn}}', { family: GARAMOND, size: 50, fill: INK, width: 1500, when: 'completion.completedOn', unless: 'completion.score' })}
${textLine(MIDDLE, 2036, '{{completion.completedOn}} · score {{completion.score}}\u00a0%', { family: GARAMOND, size: 50, fill: INK, width: 1500, when: 'completion.completedOn completion.score' })}
${signature(0, 630, 2262, person, 'paired')}
${signature(1, 1470, 2262, person)}
${signature(0, MIDDLE, 2262, { ...person, width: 780 }, 'alone')}
<rect data-slot="qr" x="925" y="2438" width="250" height="250"/>
${textLine(MIDDLE, 2742, 'No. {{certificate.number}} · Issued on {{certificate.issuedOn}}', { family: GARAMOND, size: 40, fill: INK, width: 1640 })}
${textLine(MIDDLE, 2792, '{{verify.url}}', { family: GARAMOND, size: 34, fill: GREY, width: 1640 })}
</svg>
`,
};
