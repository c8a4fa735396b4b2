import type { BuiltInTemplate } from './built-in-template.ts';
import { laurelWreath } from './laurel-wreath.ts';
import { signature, type SignatureStyle } from './signature.ts';

const GREEN = '#2f4a3c';
const LEAF = '#57735f';
const INK = '#22241f';
const GREY = '#6b6e66';

const { leaves, twigs } = laurelWreath(150, 11);
const person: SignatureStyle = {
  width: 560,
  anchor: 'middle',
  family: 'EB Garamond, serif',
  nameSize: 44,
  titleSize: 36,
  ink: INK,
  pale: GREY,
  line: '#a5a89d',
};
const centred = 'text-anchor="middle" x="1050"';

/** A laurel wreath and much white: A4 portrait. A unit is a tenth of a millimetre. */
export const minimal: BuiltInTemplate = {
  id: 'minimal',
  title: 'Minimal',
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 2100 2970">
<title>Certificate</title>
<rect width="2100" height="2970" fill="#fffefb"/>
<rect x="110" y="110" width="1880" height="2750" fill="none" stroke="${LEAF}" stroke-width="4"/>
<g transform="translate(1050 500)"><path d="${leaves}" fill="${LEAF}"/><path d="${twigs}" fill="none" stroke="${LEAF}" stroke-width="5"/></g>
<text ${centred} y="840" font-family="EB Garamond, serif" font-size="54" fill="${GREY}" data-fit-width="1560">{{issuer.name}}</text>
<text ${centred} y="1010" dx="6" font-family="EB Garamond, serif" font-size="128" letter-spacing="4" fill="${GREEN}">Certificate of Completion</text>
<path d="M970 1082h160" stroke="${LEAF}" stroke-width="5"/>
<text ${centred} y="1200" font-family="EB Garamond, serif" font-size="52" font-style="italic" fill="${GREY}">awarded to</text>
<text ${centred} y="1378" font-family="EB Garamond, serif" font-size="132" fill="${INK}" data-fit-width="1640" data-wrap="3" data-fit-min="0.3" data-fit-height="235" data-line-height="1.08">{{recipient.name}}</text>
<text ${centred} y="1560" font-family="EB Garamond, serif" font-size="52" font-style="italic" fill="${GREY}">who completed</text>
<text ${centred} y="1696" font-family="EB Garamond, serif" font-size="84" font-weight="600" fill="${GREEN}" data-fit-width="1600" data-wrap="3" data-line-height="1.08" data-fit-height="200">{{achievement.name}}</text>
<text ${centred} y="1850" font-family="EB Garamond, serif" font-size="46" fill="${GREY}" data-fit-width="1440" data-wrap="3" data-wrap-grow="down" data-line-height="1.3">{{achievement.description}}</text>
<text ${centred} y="2040" font-family="EB Garamond, serif" font-size="46" fill="${INK}" data-when="completion.completedOn">{{completion.completedOn}}<tspan data-when="completion.score"> · score {{completion.score}}\u00a0%</tspan></text>
${signature(0, 640, 2290, person, 'paired')}
${signature(1, 1460, 2290, person)}
${signature(0, 1050, 2290, { ...person, width: 760 }, 'alone')}
<rect data-slot="qr" x="930" y="2450" width="240" height="240"/>
<text ${centred} y="2732" font-family="EB Garamond, serif" font-size="36" fill="${INK}" data-fit-width="1640">Verify · No. {{certificate.number}} · Issued {{certificate.issuedOn}}</text>
<text ${centred} y="2786" font-family="EB Garamond, serif" font-size="32" fill="${GREY}" data-fit-width="1640">{{verify.url}}</text>
</svg>
`,
};
