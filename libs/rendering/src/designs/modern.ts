import type { BuiltInTemplate } from './built-in-template.ts';
import { curve } from './curve.ts';
import { signature, type SignatureStyle } from './signature.ts';

const NIGHT = '#161b3d';
const TEAL = '#0f8b8d';
const INK = '#1b1f33';
const GREY = '#667085';

/** One strand of the wave mesh that runs down the panel. */
function strand(at: number, count: number): string {
  const part = at / (count - 1);
  return curve(
    Array.from({ length: 43 }, (_, step): [number, number] => {
      const y = step * 50;
      const sway = Math.sin(y / 330 + part * 2.6) * (210 - 120 * part) + Math.sin(y / 170 - part * 4.2) * 62 * part;
      return [330 + (part - 0.5) * 330 + sway, y];
    }),
  );
}

const mesh = Array.from({ length: 26 }, (_, at) => strand(at, 26));
const person: SignatureStyle = {
  width: 640,
  anchor: 'start',
  family: 'Source Sans 3, sans-serif',
  nameSize: 42,
  titleSize: 35,
  ink: INK,
  pale: GREY,
  line: '#98a2b3',
};
const label = (x: number, text: string) =>
  `<text x="${x}" y="1300" font-family="Source Sans 3, sans-serif" font-size="30" font-weight="600" letter-spacing="4" fill="${TEAL}">${text}</text>`;
const value = (x: number, slot: string, width: number) =>
  `<text x="${x}" y="1356" font-family="Source Sans 3, sans-serif" font-size="46" fill="${INK}" data-fit-width="${width}">{{${slot}}}</text>`;

/** A dark panel with a mesh of waves, left-aligned sans serif: A4 landscape. A unit is a tenth of a millimetre. */
export const modern: BuiltInTemplate = {
  id: 'modern',
  title: 'Modern',
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 2970 2100">
<title>Certificate</title>
<defs><linearGradient id="panel" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#232a63"/><stop offset="1" stop-color="${NIGHT}"/></linearGradient>
<clipPath id="edge"><rect width="700" height="2100"/></clipPath></defs>
<rect width="2970" height="2100" fill="#ffffff"/>
<rect width="700" height="2100" fill="url(#panel)"/>
<g clip-path="url(#edge)" fill="none" stroke-width="3.2">
<path d="${mesh.filter((_, at) => at % 2 === 0).join('')}" stroke="#3d4a9b"/>
<path d="${mesh.filter((_, at) => at % 2 === 1).join('')}" stroke="#2f8f9d"/>
</g>
<rect x="700" width="14" height="2100" fill="${TEAL}"/>
<rect x="170" y="1462" width="360" height="360" rx="26" fill="#ffffff"/>
<rect data-slot="qr" x="190" y="1482" width="320" height="320"/>
<text x="350" y="1886" text-anchor="middle" font-family="Source Sans 3, sans-serif" font-size="40" font-weight="600" fill="#ffffff">Scan to verify</text>
<text x="880" y="330" font-family="Source Sans 3, sans-serif" font-size="52" font-weight="600" fill="${INK}" data-fit-width="1820">{{issuer.name}}</text>
<rect x="880" y="372" width="120" height="8" fill="${TEAL}"/>
<text x="880" y="560" font-family="Source Sans 3, sans-serif" font-size="40" font-weight="600" letter-spacing="12" fill="${TEAL}">CERTIFICATE OF ACHIEVEMENT</text>
<text x="874" y="744" font-family="Source Sans 3, sans-serif" font-size="150" font-weight="300" fill="${INK}" data-fit-width="1900" data-wrap="3" data-fit-min="0.3" data-fit-height="215" data-line-height="1.08">{{recipient.name}}</text>
<text x="880" y="900" font-family="Source Sans 3, sans-serif" font-size="48" fill="${GREY}">has successfully completed</text>
<text x="880" y="1012" font-family="Source Sans 3, sans-serif" font-size="86" font-weight="600" fill="${INK}" data-fit-width="1900" data-wrap="2" data-line-height="1.08" data-wrap-grow="down" data-fit-height="150">{{achievement.name}}</text>
<text x="880" y="1170" font-family="Source Sans 3, sans-serif" font-size="42" fill="${GREY}" data-fit-width="1900" data-wrap="2" data-wrap-grow="down">{{achievement.description}}</text>
<path d="M880 1246h1900M880 1402h1900" stroke="#e4e7ec" stroke-width="3"/>
<g data-when="completion.completedOn">${label(880, 'COMPLETED')}${value(880, 'completion.completedOn', 440)}</g>
<g data-when="certificate.issuedOn">${label(1370, 'ISSUED')}${value(1370, 'certificate.issuedOn', 440)}</g>
<g data-when="completion.score">${label(1860, 'SCORE %')}${value(1860, 'completion.score', 240)}</g>
<g data-when="certificate.number">${label(2150, 'CERTIFICATE NO.')}${value(2150, 'certificate.number', 620)}</g>
${signature(0, 880, 1680, person)}
${signature(1, 1700, 1680, person)}
<text x="880" y="1934" font-family="Source Sans 3, sans-serif" font-size="30" fill="${GREY}" data-fit-width="1900">Verify at {{verify.url}}</text>
</svg>
`,
};
