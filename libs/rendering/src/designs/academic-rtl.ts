import type { BuiltInTemplate } from './built-in-template.ts';
import { burst } from './burst.ts';
import { khatamBand } from './khatam-band.ts';
import { signature, type SignatureStyle } from './signature.ts';
import { starPolygon } from './star-polygon.ts';
import { swelledRule } from './swelled-rule.ts';
import { textLine } from './text-line.ts';

const TEAL = '#0d4a4c';
const GOLD = '#9a7427';
const PALE = '#dcc48d';
const INK = '#1c2422';
const GREY = '#4d5653';
const PAPER = '#fdfbf4';
const AMIRI = 'EB Garamond, Amiri, serif';

const [WIDTH, HEIGHT] = [2970, 2100];
const MIDDLE = WIDTH / 2;
const INSET = 72;
const COLUMNS = 25;
const SIDE = (WIDTH - 2 * INSET) / COLUMNS;
const band = khatamBand({ width: WIDTH, height: HEIGHT, inset: INSET, columns: COLUMNS, rows: 17 });
const watermark = [3, 5, 6, 7].map((skip) => starPolygon(640, 16, skip)).join('');

const person: SignatureStyle = {
  width: 620,
  anchor: 'middle',
  family: AMIRI,
  nameSize: 46,
  titleSize: 38,
  ink: INK,
  pale: GREY,
  line: '#8d8a72',
};
const said = { family: AMIRI, size: 60, fill: GREY, rtl: true } as const;
const issuer = { family: AMIRI, weight: 700, fill: GOLD, width: 2200 } as const;
const small = { family: AMIRI, size: 40, fill: GREY, width: 1640, rtl: true } as const;

/** The formal design of Arabic: right to left, Naskh, eight-pointed stars: A4 landscape. A unit is a tenth of a millimetre. */
export const academicRtl: BuiltInTemplate = {
  id: 'academic-rtl',
  title: 'Academic (رسمية)',
  paper: 'A4',
  orientation: 'landscape',
  language: 'ar',
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<title>شهادة</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/>
<path transform="translate(${MIDDLE} 1060)" d="${watermark}" fill="none" stroke="#f2ead5" stroke-width="3"/>
<path d="M${INSET} ${INSET}h${WIDTH - 2 * INSET}v${HEIGHT - 2 * INSET}h${2 * INSET - WIDTH}zM${INSET + SIDE} ${INSET + SIDE}v${HEIGHT - 2 * INSET - 2 * SIDE}h${WIDTH - 2 * INSET - 2 * SIDE}v${2 * INSET + 2 * SIDE - HEIGHT}z" fill="${TEAL}"/>
<path d="${band.stars}" fill="${PAPER}" stroke="${PALE}" stroke-width="5"/>
<path d="${band.lines}" fill="none" stroke="${GOLD}" stroke-width="3"/>
<g fill="none"><rect x="54" y="54" width="${WIDTH - 108}" height="${HEIGHT - 108}" stroke="${GOLD}" stroke-width="5"/>
<rect x="204" y="204" width="${WIDTH - 408}" height="${HEIGHT - 408}" stroke="${GOLD}" stroke-width="5"/><rect x="216" y="216" width="${WIDTH - 432}" height="${HEIGHT - 432}" stroke="${PALE}" stroke-width="2.4"/></g>
<path d="${swelledRule(MIDDLE, 1014, 1500, 8)}M${MIDDLE} 996l18 18-18 18-18-18z" fill="${GOLD}"/>
<g transform="translate(452 1590)">
<path d="${burst(168, 156, 48)}" fill="${GOLD}"/><circle r="146" fill="${TEAL}"/>
<path d="${starPolygon(142, 16, 5)}${starPolygon(142, 16, 7)}" fill="none" stroke="${PALE}" stroke-width="2.2"/>
<circle r="84" fill="${TEAL}" stroke="${PALE}" stroke-width="4"/>
</g>
<rect x="2374" y="1442" width="288" height="288" fill="#ffffff" stroke="${PALE}" stroke-width="3"/>
${textLine(MIDDLE, 570, 'شهادة إتمام', { family: AMIRI, size: 210, weight: 700, fill: TEAL, rtl: true })}
${textLine(MIDDLE, 728, 'تُمنح هذه الشهادة إلى', said)}
${textLine(MIDDLE, 1108, 'نظير إتمام برنامج', said)}
${textLine(2518, 1790, 'امسح الرمز للتحقق', { ...said, size: 40 })}
<g transform="translate(452 1590)" data-unless="images.seal"><path d="${starPolygon(66, 8, 2)}" fill="none" stroke="${PALE}" stroke-width="4"/><path d="${burst(40, 22, 8)}" fill="${PALE}"/></g>
<image href="{{images.seal}}" x="392" y="1530" width="120" height="120" preserveAspectRatio="xMidYMid meet"/>
<image href="{{images.logo}}" x="1185" y="240" width="600" height="96" preserveAspectRatio="xMidYMid meet"/>
${textLine(MIDDLE, 390, '{{issuer.name}}', { ...issuer, size: 48, when: 'images.logo' })}
${textLine(MIDDLE, 352, '{{issuer.name}}', { ...issuer, size: 68, unless: 'images.logo' })}
${textLine(MIDDLE, 922, '{{recipient.name}}', { family: AMIRI, size: 152, weight: 700, fill: INK, width: 2200, lines: 3, least: 0.3, height: 176, grow: 'up', lineHeight: 1.12 })}
${textLine(MIDDLE, 1236, '{{achievement.name}}', { family: AMIRI, size: 96, weight: 700, fill: TEAL, width: 2200, lines: 2, lineHeight: 1.15, height: 130 })}
${textLine(MIDDLE, 1320, '{{achievement.description}}', { family: AMIRI, size: 50, fill: GREY, width: 2000, lines: 2, grow: 'down', lineHeight: 1.22, height: 124, wrapBelow: 0.95 })}
${textLine(MIDDLE, 1452, 'تاريخ الإتمام: {{completion.completedOn}}', { ...said, size: 46, fill: INK, width: 1500, when: 'completion.completedOn', unless: 'completion.score' })}
${textLine(MIDDLE, 1452, 'تاريخ الإتمام: {{completion.completedOn}} · النتيجة: {{completion.score}}٪', { ...said, size: 46, fill: INK, width: 1500, when: 'completion.completedOn completion.score' })}
<rect data-slot="qr" x="2378" y="1446" width="280" height="280"/>
${signature(0, 1880, 1606, person, 'paired')}
${signature(1, 1090, 1606, person)}
${signature(0, MIDDLE, 1606, { ...person, width: 760 }, 'alone')}
${textLine(MIDDLE, 1820, 'رقم الشهادة: {{certificate.number}} · صدرت في {{certificate.issuedOn}}', { ...small, unless: 'certificate.expiresOn' })}
${textLine(MIDDLE, 1820, 'رقم الشهادة: {{certificate.number}} · صدرت في {{certificate.issuedOn}} · صالحة حتى {{certificate.expiresOn}}', { ...small, when: 'certificate.expiresOn' })}
${textLine(MIDDLE, 1862, '{{verify.url}}', { family: AMIRI, size: 32, fill: GREY, width: 1640 })}
</svg>
`,
};
