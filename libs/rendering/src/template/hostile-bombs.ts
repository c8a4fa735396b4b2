import { pngOutline } from './png-outline.ts';
import { hostileHtml } from './hostile-html.ts';
import { hostileSvg } from './hostile-svg.ts';
import type { HostileTemplate } from './hostile-template.ts';

const MEGABYTE = 1_000_000;
const rect = '<rect width="2970" height="2100"';

/** Templates of few words, or of two megabytes, that would keep a reader or a browser busy: test data. */
export function drawnBombs(): HostileTemplate[] {
  const svg = hostileSvg;
  const html = hostileHtml;
  const picture = (bytes: Buffer) =>
    `<image width="900" height="900" href="data:image/png;base64,${bytes.toString('base64')}"/>`;
  const level = (at: number) => `<g id="a${at}">${`<use href="#a${at - 1}"/>`.repeat(10)}</g>`;
  const pattern = (at: number) =>
    `<pattern id="p${at}" width="9" height="9" patternUnits="userSpaceOnUse">${`<rect width="4" height="4" fill="url(#p${at - 1})"/>`.repeat(12)}</pattern>`;
  const many = (inside: string, count: number) =>
    Array.from({ length: count }, (_, at) => inside.replaceAll('#', String(at))).join('');
  return [
    // Copies of copies.
    svg(
      'use of use',
      'grow to ten million',
      `<defs><g id="a0"><rect width="1" height="1"/></g>${[1, 2, 3, 4, 5, 6, 7].map(level).join('')}</defs><use href="#a7"/>`,
      'expansion',
    ),
    svg('use of itself', 'never end', '<g id="a"><use href="#a"/></g>', 'expansion'),
    svg(
      'a chain of use',
      'overflow the stack of whoever follows it',
      Array.from({ length: 20_000 }, (_, at) => `<g id="a${at}"><use href="#a${at + 1}"/></g>`).join(''),
      'expansion',
    ),
    svg('use by escapes', 'never end, under another name', '<g id="a b"><use href="#a%20b"/></g>', 'expansion'),
    svg(
      'patterns in patterns',
      'grow without <use>',
      `<defs>${[1, 2, 3, 4, 5].map(pattern).join('')}</defs>${rect} fill="url(#p5)"/>`,
      'expansion',
    ),
    svg(
      'masks in a style sheet',
      'grow by a rule',
      `<style>.a{mask:url(#m)}</style><mask id="m">${'<g class="a"><rect width="1" height="1"/></g>'.repeat(20)}</mask><g class="a"/>`,
      'expansion',
    ),
    svg(
      'markers on a line',
      'be drawn at each of 100,000 points',
      `<marker id="m">${'<path d="M0 0h1"/>'.repeat(20)}</marker><path marker-mid="url(#m)" d="M0 0${'h1'.repeat(100_000)}"/>`,
      'expansion',
    ),
    svg('deep nesting', 'overflow a stack', `${'<g>'.repeat(5000)}${'</g>'.repeat(5000)}`, 'expansion'),
    svg('many elements', 'fill the memory', '<g/>'.repeat(300_000), 'expansion'),
    html(
      'deep nesting of HTML',
      'overflow a stack, or be looked through for each tag',
      '<div>'.repeat(300_000),
      'expansion',
    ),
    html(
      'formatting that comes back',
      'have a parser make quadratically many elements',
      many('<p><b id="#">', 30_000),
      'expansion',
    ),
    html(
      'formatting that comes back everywhere',
      'have a parser make 190 elements of each tag',
      `${many('<b id="#">', 190)}${'<p>'.repeat(100_000)}`,
      'expansion',
    ),
    html('a little too deep', 'be as deep as another parser still bears', `${'<div>'.repeat(300)}a`, 'expansion'),
    html('attributes', 'have each looked up among all others', `<p ${many('a# ', 200_000)}>a</p>`, 'expansion'),
    svg('attributes of SVG', 'have each looked up among all others', `<g ${many('a#="" ', 100_000)}/>`, 'expansion'),
    svg(
      'a path of megabytes, copied',
      'write a file of gigabytes',
      `<path id="a" d="M0 0${'l1 1'.repeat(300_000)}"/>${'<use href="#a"/>'.repeat(2000)}`,
      'expansion',
    ),
    // Drawing that costs seconds.
    svg(
      'turbulence',
      'compute a picture for seconds',
      `<filter id="f"><feTurbulence baseFrequency=".9" numOctaves="9"/></filter>${rect} filter="url(#f)"/>`,
      'cost',
    ),
    svg(
      'morphology',
      'compute a picture for seconds',
      `<filter id="f"><feMorphology radius="90"/></filter>${rect} filter="url(#f)"/>`,
      'cost',
    ),
    svg(
      'convolution',
      'compute a picture for seconds',
      '<filter id="f"><feConvolveMatrix order="99"/></filter>',
      'cost',
    ),
    svg(
      'blur after blur',
      'compute a picture for seconds',
      `<filter id="f">${'<feGaussianBlur stdDeviation="9"/>'.repeat(60)}</filter>${rect} filter="url(#f)"/>`,
      'cost',
    ),
    svg(
      'blur of everything',
      'compute a picture for each element',
      `<style>rect{filter:blur(9px)}</style>${`${rect}/>`.repeat(60)}`,
      'cost',
    ),
    svg(
      'blur of all by no name',
      'compute a picture for each element',
      `<style>:not(.a){filter:blur(9px)}</style>${`${rect}/>`.repeat(60)}`,
      'cost',
    ),
    svg(
      'region of a filter',
      'compute a picture of the size of a house',
      '<filter id="f" x="-5000%" width="10000%" height="10000%"><feGaussianBlur stdDeviation="9"/></filter>',
      'cost',
    ),
    svg(
      'masks',
      'make a picture for each element',
      `<mask id="m">${rect} fill="#888"/></mask>${`${rect} mask="url(#m)"/>`.repeat(100)}`,
      'cost',
    ),
    svg('dashes', 'draw a million dashes', '<path stroke="red" stroke-dasharray=".01" d="M0 0L2900 2000"/>', 'cost'),
    svg(
      'dashes by a style',
      'draw a million dashes',
      '<style>text{stroke:red;stroke-dasharray:.001px}</style><text font-size="900" y="900">Certificate</text>',
      'cost',
    ),
    html(
      'shadows',
      'blur a thousand times',
      `<p style="text-shadow:${Array(1000).fill('0 0 40px red').join(',')}">a</p>`,
      'cost',
    ),
    html('backdrop-filter', 'blur the whole page', '<p style="-webkit-backdrop-filter:blur(90px)">a</p>', 'cost'),
    // Numbers.
    svg('no number', 'lead a drawing astray', '<rect width="NaN" height="Infinity"/>', 'number'),
    svg('large numbers', 'overflow a number', '<rect width="1e308" height="9" transform="scale(1e99)"/>', 'number'),
    html('large lengths', 'overflow a number', '<p style="width:1e30px">a</p>', 'number'),
    svg('endless list of numbers', 'overflow a number', `<path d="M0 0L${'9'.repeat(MEGABYTE)} 0"/>`, 'number'),
    {
      ...svg('paper of 10 km', 'print a poster', '', 'size'),
      ...root('width="10000000mm" height="210mm" viewBox="0 0 9 9"'),
    },
    { ...svg('no area', 'divide by nothing', '', 'number'), ...root('width="297mm" height="210mm" viewBox="0 0 0 0"') },
    {
      ...svg('viewBox beyond numbers', 'divide by too much', '', 'number'),
      ...root('width="297mm" height="210mm" viewBox="0 0 1e308 1e308"'),
    },
    html(
      'paper of 10 km in HTML',
      'print a poster',
      '<style>@page{size:10000m 9mm}@page{size:99999mm 9mm}</style>',
      'size',
    ),
    // Pictures and fonts.
    svg('picture of 60,000 × 60,000', 'unpack 14 GB', picture(pngOutline(60_000, 60_000)), 'picture'),
    svg(
      'pictures of 50 MP together',
      'unpack by and by',
      [7000, 7001, 7002].map((side) => picture(pngOutline(side, side))).join(''),
      'picture',
    ),
    svg(
      'packed text in a picture',
      'unpack a text that nobody reads',
      picture(pngOutline(900, 900, 'zTXt', 50_000)),
      'picture',
    ),
    svg('colour profile of megabytes', 'unpack a profile', picture(pngOutline(900, 900, 'iCCP', 400_000)), 'picture'),
    svg('animated PNG', 'move', picture(pngOutline(900, 900, 'acTL', 8)), 'picture'),
    svg('broken picture', 'crash a reader', picture(pngOutline(900, 900).subarray(0, 40)), 'picture'),
    svg(
      'no picture',
      'bring another file as a picture',
      picture(Buffer.from('<svg onload="x()"/>'.repeat(9))),
      'picture',
    ),
    svg(
      'font that is none',
      'crash a reader of fonts',
      `<style>@font-face{font-family:x;src:url(data:font/ttf;base64,${Buffer.alloc(90, 'x').toString('base64')})}</style>`,
      'font',
    ),
    svg(
      'font that grows',
      'unpack gigabytes',
      `<style>@font-face{font-family:x;src:url(data:font/woff2;base64,${woff2(0xffff_ffff).toString('base64')})}</style>`,
      'font',
    ),
    // Texts of megabytes in one place.
    svg('attribute of two megabytes', 'be copied again and again', `<g id="${'a'.repeat(2 * MEGABYTE)}"/>`, undefined),
    svg(
      'spaces in url()',
      'have a search try each space anew',
      `<rect style="fill:url(${' '.repeat(MEGABYTE)}"/>`,
      undefined,
    ),
    svg('open comments', 'have a search begin anew', `<style>${'/*'.repeat(MEGABYTE / 2)}</style>`, 'cost'),
    svg('rules', 'match every element with every rule', `<style>${'*{fill:red}'.repeat(50_000)}</style>`, 'cost'),
    svg('open braces', 'have a search begin anew', `<text>${'{{ '.repeat(400_000)}</text>`, 'unknown-slot'),
    html('text of megabytes', 'lay out a book', `<p>${'word '.repeat(300_000)}</p>`, 'size'),
    svg('five megabytes', 'be read at all', `<text>${'a'.repeat(5 * MEGABYTE)}</text>`, 'size'),
  ].map((template) =>
    template.rule === 'size' && template.source.length > 5 * MEGABYTE ? { ...template, line: 1 } : template,
  );
}

function root(attributes: string): Pick<HostileTemplate, 'source' | 'line'> {
  return {
    source: `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect data-slot="qr"/><text>{{recipient.name}}</text></svg>`,
    line: 1,
  };
}

/** The head of a WOFF2 file that says how large it becomes. */
function woff2(size: number): Buffer {
  const bytes = Buffer.alloc(90);
  bytes.write('wOF2\0\u0001\0\0', 'latin1');
  bytes.writeUInt32BE(90, 8);
  bytes.writeUInt32BE(size, 16);
  return bytes;
}
