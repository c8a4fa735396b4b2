import type { BuiltInTemplate } from './built-in-template.ts';
import { guillocheFrame } from './guilloche-frame.ts';
import { laurelWreath } from './laurel-wreath.ts';
import { rosette } from './rosette.ts';
import { signature, type SignatureStyle } from './signature.ts';
import { star } from './star.ts';

const NAVY = '#1d2f4f';
const GOLD = '#a97f35';
const PALE = '#d9bd83';
const INK = '#26221c';
const PAPER = '#fdfaf3';

const band = guillocheFrame({
  x: 118,
  y: 118,
  width: 2734,
  height: 1864,
  radius: 40,
  swing: 46,
  waves: 78,
  strands: 4,
});
const watermark = [...rosette(250, 560, 24, 2, 10), ...rosette(90, 240, 16, 2, 8)];
const corner = rosette(34, 74, 14, 2, 8);
const medal = rosette(112, 150, 30, 2, 8);
const { leaves, twigs } = laurelWreath(66, 9);

const person: SignatureStyle = {
  width: 600,
  anchor: 'middle',
  family: 'EB Garamond, serif',
  nameSize: 46,
  titleSize: 36,
  ink: INK,
  pale: '#6a6152',
  line: '#8d7f66',
};
const centred = 'text-anchor="middle" x="1485"';

/** Navy and gold, guilloche border, medal: A4 landscape. A unit is a tenth of a millimetre. */
export const classic: BuiltInTemplate = {
  id: 'classic',
  title: 'Classic',
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 2970 2100">
<title>Certificate</title>
<rect width="2970" height="2100" fill="${PAPER}"/>
<g fill="none" stroke="#f3ebd8" stroke-width="3" transform="translate(1485 1010)"><path d="${watermark.join('')}"/></g>
<g fill="none">
<rect x="46" y="46" width="2878" height="2008" rx="18" stroke="${NAVY}" stroke-width="10"/>
<path d="${band[0]}${band[2]}" stroke="${NAVY}" stroke-width="3.4"/>
<path d="${band[1]}${band[3]}" stroke="${GOLD}" stroke-width="3.4"/>
<rect x="190" y="190" width="2590" height="1720" rx="6" stroke="${NAVY}" stroke-width="6"/>
<rect x="206" y="206" width="2558" height="1688" rx="4" stroke="${PALE}" stroke-width="3"/>
</g>
${[118, 2852].flatMap((x) => [118, 1982].map((y) => `<g transform="translate(${x} ${y})"><circle r="86" fill="${PAPER}" stroke="${NAVY}" stroke-width="5"/><path d="${corner.join('')}" fill="none" stroke="${GOLD}" stroke-width="2.6"/><circle r="26" fill="${NAVY}"/><path d="${star(17)}" fill="${PALE}"/></g>`)).join('')}
<text ${centred} y="338" font-family="Cinzel, EB Garamond, serif" font-size="50" letter-spacing="9" fill="${GOLD}" data-fit-width="2200">{{issuer.name}}</text>
<text ${centred} y="512" dx="11" font-family="Cinzel, serif" font-size="170" font-weight="600" letter-spacing="22" fill="${NAVY}">CERTIFICATE</text>
<text ${centred} y="602" dx="9" font-family="Cinzel, serif" font-size="50" letter-spacing="18" fill="${GOLD}">OF ACHIEVEMENT</text>
<path d="M700 585h270M2000 585h270" stroke="${PALE}" stroke-width="4"/>
<path d="M982 585l14-14 14 14-14 14zM1960 585l14-14 14 14-14 14z" fill="${PALE}"/>
<text ${centred} y="702" font-family="EB Garamond, serif" font-size="56" font-style="italic" fill="#5b5344">This certificate is proudly presented to</text>
<text ${centred} y="884" font-family="EB Garamond, serif" font-size="152" font-weight="500" fill="${INK}" data-fit-width="2260" data-wrap="3" data-fit-min="0.3" data-fit-height="178" data-wrap-grow="up" data-line-height="1.08">{{recipient.name}}</text>
<path d="M735 958h700M1535 958h700" stroke="${GOLD}" stroke-width="3"/>
<path d="M1485 940l18 18-18 18-18-18zM1448 958l9-9 9 9-9 9zM1504 958l9-9 9 9-9 9z" fill="${GOLD}"/>
<text ${centred} y="1034" font-family="EB Garamond, serif" font-size="56" font-style="italic" fill="#5b5344">for the successful completion of</text>
<text ${centred} y="1158" font-family="EB Garamond, serif" font-size="96" font-weight="600" fill="${NAVY}" data-fit-width="2260" data-wrap="2" data-line-height="1.05">{{achievement.name}}</text>
<text ${centred} y="1270" font-family="EB Garamond, serif" font-size="48" fill="#5b5344" data-fit-width="2080" data-wrap="3" data-wrap-grow="down">{{achievement.description}}</text>
<text ${centred} y="1430" font-family="EB Garamond, serif" font-size="46" fill="${INK}" data-when="completion.completedOn">Completed on {{completion.completedOn}}<tspan data-when="completion.score">, with a score of {{completion.score}}\u00a0%</tspan></text>
<rect x="286" y="1486" width="288" height="288" fill="#ffffff" stroke="${PALE}" stroke-width="3"/>
<rect data-slot="qr" x="290" y="1490" width="280" height="280"/>
<text x="430" y="1820" text-anchor="middle" font-family="EB Garamond, serif" font-size="38" font-style="italic" fill="#5b5344">Scan to verify</text>
${signature(0, 1090, 1648, person, 'paired')}
${signature(1, 1880, 1648, person)}
${signature(0, 1485, 1648, { ...person, width: 760 }, 'alone')}
<g transform="translate(2520 1600)">
<path d="M-70 90l-44 196 62-34 42 58 40-190zM70 90l44 196-62-34-42 58-40-190z" fill="${NAVY}"/>
<circle r="158" fill="${GOLD}"/><circle r="158" fill="none" stroke="#8a6526" stroke-width="4"/>
<path d="${medal.join('')}" fill="none" stroke="#ead3a0" stroke-width="2.4"/>
<circle r="108" fill="${PAPER}" stroke="#8a6526" stroke-width="4"/>
<path d="${leaves}" fill="${NAVY}"/><path d="${twigs}" fill="none" stroke="${NAVY}" stroke-width="3"/>
<path d="${star(36)}" fill="${GOLD}"/>
</g>
<text ${centred} y="1836" font-family="EB Garamond, serif" font-size="38" fill="#6a6152" data-fit-width="1700">No. {{certificate.number}} · Issued on {{certificate.issuedOn}}<tspan data-when="certificate.expiresOn"> · Valid until {{certificate.expiresOn}}</tspan></text>
<text ${centred} y="1873" font-family="EB Garamond, serif" font-size="30" fill="#8a8172" data-fit-width="1700">{{verify.url}}</text>
</svg>
`,
};
