import { bayLeafBand } from './bay-leaf-band.ts';
import type { BuiltInTemplate } from './built-in-template.ts';
import { burst } from './burst.ts';
import { laurelWreath } from './laurel-wreath.ts';
import { rosette } from './rosette.ts';
import { signature, type SignatureStyle } from './signature.ts';
import { star } from './star.ts';
import { swelledRule } from './swelled-rule.ts';
import { textLine } from './text-line.ts';

const INK = '#241c14';
const BURGUNDY = '#6d1a29';
const DARK = '#4c0f1b';
const BRONZE = '#86693a';
const GREY = '#574b3d';
const PAPER = '#fcf9f0';
const GARAMOND = 'EB Garamond, serif';
const CAPITALS = 'Laurel Capitals, EB Garamond, serif';
const PINYON = 'Pinyon Script, EB Garamond, serif';

// US Letter: 279.4 mm by 215.9 mm.
const [WIDTH, HEIGHT] = [2794, 2159];
const MIDDLE = WIDTH / 2;
const BAND = 138;
const leaves = bayLeafBand({
  x: BAND,
  y: BAND,
  width: WIDTH - 2 * BAND,
  height: HEIGHT - 2 * BAND,
  corner: 92,
  middle: 64,
  step: 31,
});
/** A moulding: lines beside one another, thick in its middle, as an engraver shades what is round. */
const moulding = (from: number, widths: readonly number[]) =>
  widths
    .map((thickness, at) => {
      const inset = from + at * 7;
      return `<rect x="${inset}" y="${inset}" width="${WIDTH - 2 * inset}" height="${HEIGHT - 2 * inset}" stroke-width="${thickness}"/>`;
    })
    .join('');
const corner = rosette(16, 50, 12, 2, 10);
const corners = [BAND, WIDTH - BAND].flatMap((x) => [BAND, HEIGHT - BAND].map((y) => `translate(${x} ${y})`));
const middles = [BAND, HEIGHT - BAND].map((y) => `translate(${MIDDLE} ${y})`);
const guilloche = rosette(118, 156, 40, 3, 8);
const wreath = laurelWreath(74, 10);

/** Rays in turn long and short over an open book, around the spine's foot. */
const rays = Array.from({ length: 29 }, (_, at) => {
  const angle = Math.PI + ((at + 0.5) / 29) * Math.PI;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const to = at % 2 === 0 ? 132 : 104;
  const point = (radius: number, side: number) =>
    `${Math.round(radius * cos - side * sin)} ${Math.round(radius * sin + side * cos)}`;
  return `M${point(60, 0)}L${point(74, 3)} ${point(to, 0)} ${point(74, -3)}z`;
}).join('');
const book =
  'M0 14C-28-10-78-16-124-4V62C-78 50-28 56 0 78C28 56 78 50 124 62V-4C78-16 28-10 0 14zM-8 22V60C-34 44-74 40-114 48V6C-74-2-34 4-8 22zM8 22V60C34 44 74 40 114 48V6C74-2 34 4 8 22z';
const printed = [0, 1, 2]
  .map(
    (line) =>
      `M-100 ${18 + line * 10}C-70 ${12 + line * 10}-44 ${16 + line * 10}-22 ${29 + line * 10}M100 ${18 + line * 10}C70 ${12 + line * 10} 44 ${16 + line * 10} 22 ${29 + line * 10}`,
  )
  .join('');

const person: SignatureStyle = {
  width: 600,
  anchor: 'middle',
  family: GARAMOND,
  nameSize: 48,
  titleSize: 40,
  ink: INK,
  pale: GREY,
  line: '#80705a',
};
const spoken = { family: PINYON, size: 92, fill: INK } as const;

/** Bay leaves, engraver's script and a burgundy seal: US Letter landscape. A unit is a tenth of a millimetre. */
export const academic: BuiltInTemplate = {
  id: 'academic',
  title: 'Academic',
  paper: 'Letter',
  orientation: 'landscape',
  language: 'en',
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="279.4mm" height="215.9mm" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<title>Certificate</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/>
<g fill="none" stroke="${INK}">${moulding(64, [1.6, 2.6, 4.6, 2.6])}${moulding(190, [1.6, 4, 1.6])}</g>
<path d="${leaves}" fill="${BRONZE}"/>
${corners.map((place) => `<g transform="${place}"><rect x="-47" y="-47" width="94" height="94" fill="${PAPER}" stroke="${INK}" stroke-width="3"/><path d="${corner.join('')}" fill="none" stroke="${BRONZE}" stroke-width="2.4" transform="scale(.8)"/><circle r="11" fill="${BURGUNDY}"/></g>`).join('')}
${middles.map((place) => `<g transform="${place}"><path d="M-42 0L0-42 42 0 0 42z" fill="${PAPER}" stroke="${INK}" stroke-width="3"/><path d="M-24 0L0-24 24 0 0 24z" fill="${BURGUNDY}"/></g>`).join('')}
<path d="${swelledRule(MIDDLE, 652, 1180, 11)}" fill="${INK}"/>
<path d="${swelledRule(MIDDLE, 1022, 1500, 7)}" fill="${BRONZE}"/>
<g transform="translate(486 1628)">
<path d="${burst(196, 182, 56)}" fill="${BURGUNDY}"/>
<circle r="170" fill="none" stroke="#e3c9a0" stroke-width="3"/><circle r="162" fill="none" stroke="${DARK}" stroke-width="3"/>
<path d="${guilloche.join('')}" fill="none" stroke="#d8a9a0" stroke-width="1.8"/>
<circle r="112" fill="${DARK}"/><circle r="112" fill="none" stroke="#e3c9a0" stroke-width="4"/>
</g>
<rect x="2164" y="1484" width="288" height="288" fill="#ffffff" stroke="#c9b48a" stroke-width="3"/>
${textLine(MIDDLE, 762, 'hereby certifies that', spoken)}
${textLine(MIDDLE, 1108, 'has fulfilled the requirements of', { ...spoken, size: 84 })}
${textLine(2308, 1824, 'Scan to verify', { family: GARAMOND, size: 38, italic: true, fill: GREY })}
<g transform="translate(${MIDDLE} 398)" data-unless="images.logo"><path d="${rays}" fill="${BRONZE}"/><path d="${book}" fill="${INK}" fill-rule="evenodd"/><path d="${printed}" fill="none" stroke="${BRONZE}" stroke-width="3"/></g>
<image href="{{images.logo}}" x="${MIDDLE - 350}" y="276" width="700" height="200" preserveAspectRatio="xMidYMid meet"/>
<g transform="translate(486 1628)" data-unless="images.seal"><path d="${wreath.leaves}" fill="#e3c9a0"/><path d="${wreath.twigs}" fill="none" stroke="#e3c9a0" stroke-width="3"/><path d="${star(40)}" fill="#e3c9a0"/></g>
<image href="{{images.seal}}" x="406" y="1548" width="160" height="160" preserveAspectRatio="xMidYMid meet"/>
${textLine(MIDDLE, 604, '{{issuer.name}}', { family: CAPITALS, size: 96, weight: 700, fill: INK, width: 2200, lines: 2, height: 100, wrapBelow: 0.55, grow: 'up' })}
${textLine(MIDDLE, 944, '{{recipient.name}}', { family: GARAMOND, size: 160, weight: 500, fill: INK, width: 2200, lines: 3, least: 0.3, height: 160, grow: 'up', lineHeight: 1.06 })}
${textLine(MIDDLE, 1244, '{{achievement.name}}', { family: CAPITALS, size: 88, weight: 700, fill: BURGUNDY, width: 2160, lines: 2, lineHeight: 1.12, height: 120 })}
${textLine(MIDDLE, 1322, '{{achievement.description}}', { family: GARAMOND, size: 46, fill: GREY, width: 1960, lines: 2, grow: 'down', lineHeight: 1.2, height: 112, wrapBelow: 0.95 })}
${textLine(MIDDLE, 1456, 'Completed on {{completion.completedOn}}', { family: GARAMOND, size: 46, fill: INK, width: 1300, when: 'completion.completedOn', unless: 'completion.score' })}
${textLine(MIDDLE, 1456, 'Completed on {{completion.completedOn}}, with a score of {{completion.score}}\u00a0%', { family: GARAMOND, size: 46, fill: INK, width: 1300, when: 'completion.completedOn completion.score' })}
<rect data-slot="qr" x="2168" y="1488" width="280" height="280"/>
${signature(0, 1046, 1640, person, 'paired')}
${signature(1, 1748, 1640, person)}
${signature(0, MIDDLE, 1640, { ...person, width: 760 }, 'alone')}
${textLine(MIDDLE, 1872, 'No. {{certificate.number}} · Issued on {{certificate.issuedOn}}', { family: GARAMOND, size: 38, fill: GREY, width: 1500, unless: 'certificate.expiresOn' })}
${textLine(MIDDLE, 1872, 'No. {{certificate.number}} · Issued on {{certificate.issuedOn}} · Valid until {{certificate.expiresOn}}', { family: GARAMOND, size: 38, fill: GREY, width: 1500, when: 'certificate.expiresOn' })}
${textLine(MIDDLE, 1916, '{{verify.url}}', { family: GARAMOND, size: 32, fill: GREY, width: 1500 })}
</svg>
`,
};
