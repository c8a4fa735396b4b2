import { provideBrowser } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInTemplates } from '../designs/built-in-templates.ts';
import { Renderer } from '../print/renderer.ts';
import { pngOutline } from '../template/png-outline.ts';
import { TemplateRefused } from '../template/template-refused.ts';
import type { TemplateSource } from '../template/template-source.ts';

const quiet = { info: () => undefined, warn: () => undefined };
const NAME = '<text x="99" y="600" font-size="90">{{recipient.name}}</text>';
const svg = (inside: string): TemplateSource => ({
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 2970 2100">
${inside}
</svg>`,
});
const html = (style: string, inside: string): TemplateSource => ({
  mediaType: 'text/html',
  source: `<!doctype html><html><head><style>@page{size:A4 landscape}${style}</style></head><body>
${inside}
</body></html>`,
});
const QR = '<rect data-slot="qr" x="99" y="99" width="300" height="300"/>';
const pixels = (width: number, height: number) =>
  `data:image/png;base64,${pngOutline(width, height).toString('base64')}`;

describe('inspection', () => {
  let renderer: Renderer;
  beforeAll(async () => {
    renderer = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log: quiet });
  });
  afterAll(() => renderer.close());
  const inspect = async (template: TemplateSource) => {
    const { findings } = await renderer.inspect(template);
    return findings.map(({ line, column, level, rule, reason }) => `${line}:${column} ${level} ${rule}: ${reason}`);
  };

  it('finds nothing in what Laurel brings, and long names in it', async () => {
    for (const template of builtInTemplates) {
      const { findings, longest } = await renderer.inspect(template);
      expect(findings, template.id).toEqual([]);
      const name = longest.filter(({ slot }) => slot === 'recipient.name');
      expect(name.map(({ script }) => script).sort(), template.id).toEqual(['Hans', 'Latn', 'Mlym']);
      for (const { characters, script } of name)
        expect(characters, `${template.id} ${script}`).toBeGreaterThan(script === 'Latn' ? 60 : 30);
    }
  });

  it.each([
    [
      'a QR code of a class',
      html('.qr{width:15mm;height:15mm}', '<h1>{{recipient.name}}</h1><div class="qr" data-slot="qr"></div>'),
      '2:28 error qr: The QR code is 15.0 mm wide',
    ],
    [
      'a QR code in a drawing of its own',
      svg(`${NAME}<svg x="9" y="9" width="300" height="300" viewBox="0 0 900 900">${QR}</svg>`),
      `2:${NAME.length + 65} error qr: The QR code is 10.0 mm wide`,
    ],
    [
      'a QR code under a ribbon',
      svg(`${NAME}${QR}<path d="M0 250H900" stroke="red" stroke-width="60"/>`),
      `2:${NAME.length + 1} error qr: `,
    ],
    ['a QR code that shines through', svg(`${NAME}<g opacity=".3">${QR}</g>`), `2:${NAME.length + 17} error qr: `],
    [
      'a QR code beyond the edge',
      html(
        '',
        '<p>{{recipient.name}}</p><img src="{{qr}}" style="position:absolute;left:290mm;top:9mm;width:30mm;height:30mm">',
      ),
      '2:26 error off-page: ',
    ],
    [
      'a picture of a class',
      html('img{width:200mm;height:100mm}', `<p>{{recipient.name}}</p><img alt="" src="${pixels(400, 200)}">`),
      '2:26 error resolution: The picture of 400 × 200 pixels is 200 × 100 mm on paper: 50 dpi',
    ],
    [
      'a text of 3 points',
      svg(`${NAME}${QR}<g transform="scale(.5)"><text x="9" y="99" font-size="22">small</text></g>`),
      `2:${NAME.length + QR.length + 26} advice small-text: “small” is 3.1 points`,
    ],
    [
      'a text beyond the edge',
      svg(`${NAME}${QR}<text x="2900" y="99" font-size="90">Certificate</text>`),
      `2:${NAME.length + QR.length + 1} advice off-page: `,
    ],
    [
      'two slots in one place',
      svg(`${NAME}${QR}<text x="150" y="610" font-size="90">{{achievement.name}}</text>`),
      '2:37 error overlap: Ordinary texts of recipient.name and achievement.name',
    ],
    [
      'a narrow place',
      svg(`${QR}<text x="99" y="600" font-size="90" data-fit-width="300" data-fit-min=".9">{{recipient.name}}</text>`),
      'error fit: An ordinary text of recipient.name does not fit',
    ],
  ])('names %s with its place', async (_, template, finding) => {
    expect(await inspect(template)).toEqual(expect.arrayContaining([expect.stringContaining(finding)]));
  });

  it('says nothing twice that the check says, and measures names in letters as readers count them', async () => {
    const small = svg(`${NAME}<rect data-slot="qr" x="99" y="99" width="190" height="190"/>`);
    expect(await inspect(small)).toEqual([]);
    const wide = async (width: number) => {
      const { longest } = await renderer.inspect(
        svg(`${QR}<text x="99" y="600" font-size="90" data-fit-width="${width}">{{recipient.name}}</text>`),
      );
      return longest.find(({ script }) => script === 'Latn') ?? { text: '', characters: 0 };
    };
    const [one, two] = [await wide(900), await wide(1800)];
    expect(two.characters / one.characters).toBeGreaterThan(1.7);
    expect(two.characters / one.characters).toBeLessThan(2.3);
    const plan = await renderer.compile(
      svg(`${QR}<text x="99" y="600" font-size="90" data-fit-width="900">{{recipient.name}}</text>`),
    );
    const record = (name: string) => ({
      values: { 'recipient.name': name },
      qr: 'https://certs.example.org/v/1',
      title: 'A',
    });
    expect(await renderer.print(plan, [record(one.text)])).toHaveLength(1);
    await expect(renderer.print(plan, [record(`${one.text} and of many more places in the world`)])).rejects.toThrow(
      /does not fit|wide/,
    );
  });

  it('does not look at what is dangerous', async () => {
    await expect(renderer.inspect(svg('<script/>'))).rejects.toThrow(TemplateRefused);
  });
});
