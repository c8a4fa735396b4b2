import type { BuiltInTemplate } from './built-in-template.ts';
import { curve } from './curve.ts';
import { signature, type SignatureStyle } from './signature.ts';
import { textLine } from './text-line.ts';

const NIGHT = '#12183a';
const TEAL = '#0b7f83';
const INK = '#161a2e';
const GREY = '#535c6f';
// Its ligatures (tt, ff) are no characters: some readers copy nothing for them.
const MANROPE = 'Manrope, sans-serif';
const [LEFT, ROOM] = [900, 1850];

/** One strand of the wave mesh that runs down the panel. */
function strand(at: number, count: number): string {
  const part = at / (count - 1);
  return curve(
    Array.from({ length: 85 }, (_, step): [number, number] => {
      const y = step * 25;
      const sway = Math.sin(y / 330 + part * 2.6) * (225 - 120 * part) + Math.sin(y / 170 - part * 4.2) * 66 * part;
      return [330 + (part - 0.5) * 350 + sway, y];
    }),
  );
}

const mesh = Array.from({ length: 34 }, (_, at) => strand(at, 34));
const person: SignatureStyle = {
  width: 700,
  anchor: 'start',
  family: MANROPE,
  nameSize: 44,
  titleSize: 36,
  ink: INK,
  pale: GREY,
  line: '#8b94a6',
};
const start = { family: MANROPE, anchor: 'start' } as const;
/** A fact with its label above it; there only if the fact is. */
const fact = (x: number, label: string, slot: string, width: number, sign = '') => `<g data-when="${slot}">
${textLine(x, 1352, label, { ...start, size: 32, weight: 600, fill: TEAL })}
${textLine(x, 1410, `{{${slot}}}${sign}`, { ...start, size: 40, weight: 500, fill: INK, width })}
</g>`;

/** A dark panel with a mesh of waves, left-aligned sans serif: A4 landscape. A unit is a tenth of a millimetre. */
export const modern: BuiltInTemplate = {
  id: 'modern',
  title: 'Modern',
  paper: 'A4',
  orientation: 'landscape',
  language: 'en',
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 2970 2100" style="font-variant-ligatures:none">
<title>Certificate</title>
<defs><linearGradient id="panel" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#2b3475"/><stop offset="1" stop-color="${NIGHT}"/></linearGradient>
<clipPath id="edge"><rect width="700" height="2100"/></clipPath></defs>
<rect width="2970" height="2100" fill="#ffffff"/>
<rect width="700" height="2100" fill="url(#panel)"/>
<g clip-path="url(#edge)" fill="none" stroke-width="2.8">
<path d="${mesh.filter((_, at) => at % 2 === 0).join('')}" stroke="#5163b8"/>
<path d="${mesh.filter((_, at) => at % 2 === 1).join('')}" stroke="#35a3a8"/>
</g>
<rect x="700" width="14" height="2100" fill="${TEAL}"/>
<rect x="174" y="1446" width="352" height="352" rx="24" fill="#ffffff"/>
<rect x="${LEFT}" y="600" width="150" height="10" fill="${TEAL}"/>
<path d="M${LEFT} 1276h${ROOM}M${LEFT} 1470h${ROOM}" stroke="#d9dde5" stroke-width="3"/>
${textLine(350, 1866, 'Scan to verify', { family: MANROPE, size: 42, weight: 600, fill: '#ffffff' })}
${textLine(LEFT, 552, 'Certificate of Achievement', { ...start, size: 66, weight: 600, fill: TEAL })}
${textLine(LEFT, 948, 'has successfully completed', { ...start, size: 48, fill: GREY })}
<image href="{{images.logo}}" x="${LEFT}" y="190" width="760" height="130" preserveAspectRatio="xMinYMid meet"/>
${textLine(LEFT, 386, '{{issuer.name}}', { ...start, size: 44, weight: 600, fill: INK, width: ROOM, when: 'images.logo' })}
${textLine(LEFT, 300, '{{issuer.name}}', { ...start, size: 62, weight: 700, fill: INK, width: ROOM, unless: 'images.logo' })}
${textLine(LEFT - 8, 812, '{{recipient.name}}', { ...start, size: 176, weight: 300, fill: INK, width: ROOM, lines: 3, least: 0.3, height: 190, lineHeight: 1.1 })}
${textLine(LEFT - 3, 1072, '{{achievement.name}}', { ...start, size: 92, weight: 700, fill: INK, width: ROOM, lines: 2, lineHeight: 1.12, height: 140, wrapBelow: 0.8 })}
${textLine(LEFT, 1164, '{{achievement.description}}', { ...start, size: 44, fill: GREY, width: ROOM, lines: 2, grow: 'down', lineHeight: 1.35, height: 108, wrapBelow: 0.95 })}
${fact(LEFT, 'Issued', 'certificate.issuedOn', 360)}
${fact(1320, 'Certificate no.', 'certificate.number', 430)}
${fact(1784, 'Completed', 'completion.completedOn', 360)}
${fact(2190, 'Score', 'completion.score', 170, '\u00a0%')}
${fact(2400, 'Valid until', 'certificate.expiresOn', 350)}
${signature(0, LEFT, 1710, person)}
${signature(1, 1720, 1710, person)}
<rect data-slot="qr" x="190" y="1462" width="320" height="320"/>
${textLine(LEFT, 1962, '{{verify.url}}', { ...start, size: 34, fill: GREY, width: ROOM })}
</svg>
`,
};
