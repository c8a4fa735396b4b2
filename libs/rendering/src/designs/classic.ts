import type { BuiltInTemplate } from './built-in-template.ts';
import { guillocheFrame } from './guilloche-frame.ts';
import { laurelWreath } from './laurel-wreath.ts';
import { rosette } from './rosette.ts';
import { signature, type SignatureStyle } from './signature.ts';
import { star } from './star.ts';
import { textLine } from './text-line.ts';

const NAVY = '#1b2c4b';
const STEEL = '#6d80a3';
const GOLD = '#9c7227';
const PALE = '#d6bb82';
const INK = '#221f1a';
const GREY = '#565045';
const PAPER = '#fefcf6';
const GARAMOND = 'EB Garamond, serif';
const CAPITALS = 'Laurel Capitals, EB Garamond, serif';
const CINZEL = 'Cinzel, EB Garamond, serif';

const [WIDTH, HEIGHT, BAND, SWING] = [2970, 2100, 134, 40];
const band = guillocheFrame({
  x: BAND,
  y: BAND,
  width: WIDTH - 2 * BAND,
  height: HEIGHT - 2 * BAND,
  radius: 30,
  swing: SWING,
  waves: 80,
  strands: 6,
});
const watermark = [...rosette(330, 640, 36, 3, 10), ...rosette(120, 330, 24, 3, 8)];
const corner = rosette(30, 66, 16, 2, 8);
const medal = rosette(108, 146, 36, 2, 8);
const { leaves, twigs } = laurelWreath(64, 9);

const person: SignatureStyle = {
  width: 620,
  anchor: 'middle',
  family: GARAMOND,
  nameSize: 48,
  titleSize: 38,
  ink: INK,
  pale: GREY,
  line: '#8d8069',
};
const MIDDLE = WIDTH / 2;
const issuer = { family: CAPITALS, weight: 700, fill: GOLD, width: 2200 } as const;
const said = { family: GARAMOND, size: 56, italic: true, fill: GREY } as const;
const small = { family: GARAMOND, size: 38, fill: GREY, width: 1700 } as const;
const done = { family: GARAMOND, size: 46, fill: INK, width: 1700 } as const;
const corners = [BAND, WIDTH - BAND].flatMap((x) => [BAND, HEIGHT - BAND].map((y) => `translate(${x} ${y})`));

/** Navy and gold, guilloche border, medal: A4 landscape. A unit is a tenth of a millimetre. */
export const classic: BuiltInTemplate = {
  id: 'classic',
  title: 'Classic',
  paper: 'A4',
  orientation: 'landscape',
  language: 'en',
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<title>Certificate</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/>
<path transform="translate(${MIDDLE} 1050)" d="${watermark.join('')}" fill="none" stroke="#f4ecda" stroke-width="2.6"/>
<g fill="none">
<rect x="62" y="62" width="${WIDTH - 124}" height="${HEIGHT - 124}" stroke="${NAVY}" stroke-width="9"/>
<path d="${band[1]}${band[4]}" stroke="${STEEL}" stroke-width="2.4"/>
<path d="${band[2]}${band[5]}" stroke="${GOLD}" stroke-width="2.8"/>
<path d="${band[0]}${band[3]}" stroke="${NAVY}" stroke-width="2.8"/>
<rect x="206" y="206" width="${WIDTH - 412}" height="${HEIGHT - 412}" stroke="${NAVY}" stroke-width="5"/>
<rect x="219" y="219" width="${WIDTH - 438}" height="${HEIGHT - 438}" stroke="${GOLD}" stroke-width="2.4"/>
</g>
${corners.map((place) => `<g transform="${place}"><circle r="77" fill="${PAPER}" stroke="${NAVY}" stroke-width="5"/><path d="${corner.join('')}" fill="none" stroke="${GOLD}" stroke-width="2.4"/><circle r="25" fill="${NAVY}"/><path d="${star(16)}" fill="${PALE}"/></g>`).join('')}
<path d="M735 640h330M1905 640h330" stroke="${PALE}" stroke-width="4"/>
<path d="M1080 640l13-13 13 13-13 13zM1864 640l13-13 13 13-13 13z" fill="${PALE}"/>
<path d="M735 1020h690M1545 1020h690" stroke="${GOLD}" stroke-width="3"/>
<path d="M1485 1001l19 19-19 19-19-19zM1446 1020l9-9 9 9-9 9zM1506 1020l9-9 9 9-9 9z" fill="${GOLD}"/>
<rect x="306" y="1462" width="288" height="288" fill="#ffffff" stroke="${PALE}" stroke-width="3"/>
<g transform="translate(2520 1538)">
<path d="M-66 90l-44 186 60-32 40 55 40-185zM66 90l44 186-60-32-40 55-40-185z" fill="${NAVY}"/>
<circle r="154" fill="${GOLD}"/><circle r="150" fill="none" stroke="#7d5a1d" stroke-width="4"/>
<path d="${medal.join('')}" fill="none" stroke="#ecd8aa" stroke-width="2.2"/>
<circle r="104" fill="${PAPER}" stroke="#7d5a1d" stroke-width="4"/>
<path d="${leaves}" fill="${NAVY}"/><path d="${twigs}" fill="none" stroke="${NAVY}" stroke-width="3"/>
<path d="${star(34)}" fill="${GOLD}"/>
</g>
${textLine(MIDDLE, 562, 'CERTIFICATE', { family: CINZEL, size: 166, weight: 600, spacing: 22, fill: NAVY })}
${textLine(MIDDLE, 656, 'OF ACHIEVEMENT', { family: CINZEL, size: 48, spacing: 16, fill: GOLD })}
${textLine(MIDDLE, 766, 'This certificate is proudly presented to', said)}
${textLine(MIDDLE, 1104, 'for the successful completion of', said)}
${textLine(450, 1798, 'Scan to verify', { ...said, size: 38 })}
<image href="{{images.logo}}" x="1185" y="246" width="600" height="96" preserveAspectRatio="xMidYMid meet"/>
${textLine(MIDDLE, 394, '{{issuer.name}}', { ...issuer, size: 44, when: 'images.logo' })}
${textLine(MIDDLE, 366, '{{issuer.name}}', { ...issuer, size: 62, unless: 'images.logo' })}
${textLine(MIDDLE, 942, '{{recipient.name}}', { family: GARAMOND, size: 156, weight: 500, fill: INK, width: 2260, lines: 3, least: 0.3, height: 166, grow: 'up', lineHeight: 1.06 })}
${textLine(MIDDLE, 1216, '{{achievement.name}}', { family: GARAMOND, size: 94, weight: 600, fill: NAVY, width: 2260, lines: 2, lineHeight: 1.05, height: 130 })}
${textLine(MIDDLE, 1298, '{{achievement.description}}', { family: GARAMOND, size: 48, fill: GREY, width: 2040, lines: 2, grow: 'down', height: 124, lineHeight: 1.22, wrapBelow: 0.95 })}
${textLine(MIDDLE, 1430, 'Completed on {{completion.completedOn}}', { ...done, when: 'completion.completedOn', unless: 'completion.score' })}
${textLine(MIDDLE, 1430, 'Completed on {{completion.completedOn}}, with a score of {{completion.score}}\u00a0%', { ...done, when: 'completion.completedOn completion.score' })}
<rect data-slot="qr" x="310" y="1466" width="280" height="280"/>
${signature(0, 1090, 1606, person, 'paired')}
${signature(1, 1880, 1606, person)}
${signature(0, MIDDLE, 1606, { ...person, width: 760 }, 'alone')}
${textLine(MIDDLE, 1806, 'No. {{certificate.number}} · Issued on {{certificate.issuedOn}}', { ...small, unless: 'certificate.expiresOn' })}
${textLine(MIDDLE, 1806, 'No. {{certificate.number}} · Issued on {{certificate.issuedOn}} · Valid until {{certificate.expiresOn}}', { ...small, when: 'certificate.expiresOn' })}
${textLine(MIDDLE, 1846, '{{verify.url}}', { ...small, size: 30 })}
</svg>
`,
};
