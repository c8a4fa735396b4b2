import { describe, expect, it } from 'vitest';
import { checkTemplate } from './check-template.ts';
import { pngOutline } from './png-outline.ts';
import type { TemplateFinding } from './template-finding.ts';

const SAID = '{{recipient.name}}, {{achievement.name}}, {{certificate.issuedOn}}, {{certificate.number}}';
type Template = Parameters<typeof checkTemplate>[0];

/** A unit is a tenth of a millimetre. */
const svg = (inside: string): Template => ({
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 2970 2100">
<rect data-slot="qr" width="300" height="300"/><text y="600">${SAID}</text>
${inside}
</svg>`,
});
const html = (inside: string): Template => ({
  mediaType: 'text/html',
  source: `<!doctype html><html><body>
<div data-slot="qr"></div><p>${SAID}</p>
${inside}
</body></html>`,
});
const picture = (width: number, height: number, more: string, extra?: string) =>
  `<image ${more} href="data:image/png;base64,${pngOutline(width, height, extra, extra === undefined ? 0 : 9).toString('base64')}"/>`;
const jpeg = (width: number, height: number) =>
  Buffer.from(
    `ffd8ffc0000b08${[height, width].map((side) => side.toString(16).padStart(4, '0')).join('')}01011100ffda000207ff0007ffd9`,
    'hex',
  );
const font = (...tables: string[]) => {
  const bytes = Buffer.alloc(12 + 16 * tables.length + 48);
  bytes.writeUInt32BE(0x10000);
  bytes.writeUInt16BE(tables.length, 4);
  tables.forEach((name, at) => bytes.write(name, 12 + 16 * at, 'latin1'));
  return `<style>@font-face{font-family:x;src:url(data:font/ttf;base64,${bytes.toString('base64')}) format("truetype")}</style>`;
};
const told = (template: Template): string[] =>
  checkTemplate(template).map(({ line, column, rule, level }: TemplateFinding) => `${line}:${column} ${level} ${rule}`);

describe('each rule of what is drawn lets in what is good, and names the place of what is not', () => {
  it.each<[string, Template, Template, string]>([
    [
      '100 dpi',
      svg(picture(600, 400, 'width="1000" height="667"')),
      svg(picture(300, 200, 'width="1000" height="667"')),
      '3:1 error resolution',
    ],
    [
      '150 dpi',
      svg(picture(600, 400, 'width="1000" height="667"')),
      svg(picture(500, 333, 'width="1000" height="667"')),
      '3:1 advice resolution',
    ],
    [
      'dpi of what is scaled',
      svg(`<g transform="scale(.5)">${picture(600, 400, 'width="2000" height="1333"')}</g>`),
      svg(`<g transform="scale(3)">${picture(600, 400, 'width="1000" height="667"')}</g>`),
      '3:25 error resolution',
    ],
    [
      'dpi of a slice',
      svg(picture(600, 600, 'width="1000" height="500"')),
      svg(picture(600, 300, 'width="100" height="1000" preserveAspectRatio="xMidYMid slice"')),
      '3:1 error resolution',
    ],
    [
      'JPEG',
      svg(`<image width="9" height="9" href="data:image/jpeg;base64,${jpeg(99, 99).toString('base64')}"/>`),
      svg(
        `<image width="9" height="9" href="data:image/jpeg;base64,${jpeg(99, 99).subarray(0, 20).toString('base64')}"/>`,
      ),
      '3:29 error picture',
    ],
    [
      'a picture in a style',
      svg(`<style>rect{background:url(data:image/jpeg;base64,${jpeg(9, 9).toString('base64')})}</style>`),
      svg('<style>rect{background:url("data:image/jpeg;base64,AAAA")}</style>'),
      '3:28 error picture',
    ],
    [
      'pictures of a size',
      svg(picture(7000, 7000, 'width="9" height="9"')),
      svg(picture(7200, 7000, 'width="9" height="9"')),
      '3:29 error picture',
    ],
    ['a TrueType font', svg(font('cmap', 'glyf')), svg(font('cmap', 'fvar')), '3:33 error font'],
    [
      'a family in quotes',
      svg(`<text font-family="'Source Sans 3', EB Garamond, serif">a</text>`),
      svg('<text font-family="Source Sans 3, sans-serif">a</text>'),
      '3:7 advice font',
    ],
    [
      'a family of a style',
      html('<style>p{font-family:"Source Sans 3",serif!important}</style>'),
      html('<p style="font-family:Source Sans 3">a</p>'),
      '3:4 advice font',
    ],
    [
      'letters that there are',
      svg('<text>Zeugnis, Ἀθῆναι, شهادة, प्रमाणपत्र</text>'),
      svg('<text>Well done 🎉</text>'),
      '3:7 error writing-system',
    ],
    [
      'letters of a font of its own',
      svg(font('cmap', 'glyf')),
      svg(`${font('cmap', 'glyf').replace('</style>', '</style>\n')}<text>ꀀ</text>`),
      '4:7 advice writing-system',
    ],
    ['right to left', svg('<text direction="rtl">שלום</text>'), svg('<text>\u2067a</text>'), '3:7 error hidden-text'],
    [
      'a soft shadow',
      svg('<filter id="f"><feDropShadow stdDeviation="3"/></filter><rect filter="url(#f)"/>'),
      svg(`<filter id="f"><feDropShadow stdDeviation="3"/></filter>${'<rect filter="url(#f)"/>'.repeat(30)}`),
      '3:633 error cost',
    ],
    [
      'dashes',
      svg('<path stroke-dasharray="8 4" d="M0 0L2900 2000"/>'),
      svg('<path stroke-dasharray=".04" d="M0 0L2900 2000"/>'),
      '3:7 error cost',
    ],
    [
      'dashes of a group',
      svg('<g stroke-dasharray="8"><circle r="900"/></g>'),
      svg('<g stroke-dasharray=".008"><circle r="900"/></g>'),
      '3:4 error cost',
    ],
    [
      'shadows of HTML',
      html('<p style="text-shadow:1px 1px 2px red">a</p>'),
      html(`<p style="text-shadow:${Array(300).fill('1px 1px 2px red').join()}">a</p>`),
      '3:4 error cost',
    ],
    ['numbers', svg('<rect x="-1.5e-7" width="9999999"/>'), svg('<rect x="1" width="1e7"/>'), '3:13 error number'],
    [
      'paper',
      html('<style>@page{size:A5 landscape}</style>'),
      html('<style>@page{size:9mm 9mm}</style>'),
      '3:14 error size',
    ],
    [
      'a media query',
      html('<style>@media print{p{color:red}}</style>'),
      html('<style>@view-transition{navigation:auto}</style>'),
      '3:8 error style',
    ],
    [
      'a break of lines',
      html('<p style="break-inside:avoid">a</p>'),
      html('<p style="break-before:page">a</p>'),
      '3:4 error style',
    ],
    [
      'a style of Illustrator',
      svg('<style>.a,.b{clip-path:url(#c);fill:url("#d")}</style><clipPath id="c"/>'),
      svg('<style>.a{fill:url("d.svg#e")}</style>'),
      '3:16 error external-reference',
    ],
    [
      'an element of Inkscape',
      svg('<i:view xmlns:i="http://www.inkscape.org/namespaces/inkscape"/>'),
      svg('<view2/>'),
      '3:1 error element',
    ],
    ['an end', html('<p title="a">a</p>'), html('<p title="a>a</p>'), '3:1 error well-formed'],
    ['UTF-8', html('<p>ß</p>'), html('<p>\ufffd</p>'), '3:4 error encoding'],
    [
      'marks of its own',
      html('<p data-team="a" class="laurels">a</p>'),
      html('<p class="a laurel-page">a</p>'),
      '3:4 error reserved',
    ],
  ])('%s', (_, good, bad, finding) => {
    expect(told(good)).toEqual([]);
    expect(told(bad)).toContain(finding);
  });

  it('measures the QR code on paper, in nested groups and units, and advises a little more than the least', () => {
    const qr = (code: string) =>
      checkTemplate({ ...svg(''), source: svg('').source.replace(/<rect data-slot[^/]*\/>/, code) }).map(
        ({ level, reason }) => `${level} ${reason}`,
      );
    expect(qr('<rect data-slot="qr" width="250" height="250"/>')).toEqual([]);
    expect(qr('<rect data-slot="qr" width="220" height="250"/>')).toEqual([
      expect.stringMatching(/^advice .*22\.0 mm/),
    ]);
    expect(
      qr('<g transform="translate(9 9) scale(.5,.5)"><rect data-slot="qr" width="380" height="400"/></g>'),
    ).toEqual([expect.stringMatching(/^error .*19\.0 mm/)]);
    expect(qr('<image href="${qrCodeImage}" width="10mm" height="10mm"/>')).toEqual([
      expect.stringMatching(/^error .*3\.8 mm/),
    ]);
  });

  it('finds a packed text that is no picture, whatever its length says', () => {
    expect(told(svg(picture(900, 900, 'width="900" height="900"', 'zTXt')))).toContain('3:33 error picture');
  });
});
