import { hostileHtml } from './hostile-html.ts';
import { hostileSvg } from './hostile-svg.ts';
import type { HostileTemplate } from './hostile-template.ts';

const TRANSPARENT = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

/** Templates that try to fetch something, by an attribute or by a style: test data. `origin` is the address that they try to reach. */
export function hostileAddresses(origin: string): HostileTemplate[] {
  const there = `${origin}/x`;
  const bare = there.replace(/^http:/, '');
  const svg = hostileSvg;
  const html = hostileHtml;
  return [
    // Pictures and addresses from outside.
    svg('image', 'fetch a picture', `<image href="${there}.png" width="9" height="9"/>`, 'external-reference'),
    svg(
      'image by xlink',
      'fetch a picture',
      `<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="${there}.png" width="9" height="9"/>`,
      'external-reference',
    ),
    svg(
      'image by a prefix of its own',
      'hide xlink behind another prefix',
      `<image xmlns:q="http://www.w3.org/1999/xlink" q:href="${there}.png" width="9" height="9"/>`,
      'external-reference',
    ),
    svg(
      'image by an entity of a number',
      'hide the scheme from a search',
      `<image href="&#104;ttp${there.slice(4)}" width="9" height="9"/>`,
      'external-reference',
    ),
    svg(
      'image without a scheme',
      'fetch a picture by the scheme of the page',
      `<image href="${bare}" width="9" height="9"/>`,
      'external-reference',
    ),
    svg(
      'image with backslashes',
      'fetch a picture by what browsers take for slashes',
      `<image href="\\\\${origin.replace(/^.*\//, '')}\\x" width="9" height="9"/>`,
      'external-reference',
    ),
    svg(
      'file of the host',
      'read a file',
      '<image href="file:///etc/passwd" width="9" height="9"/>',
      'external-reference',
    ),
    svg(
      'relative address',
      'fetch from where the page stands',
      '<image href="../x.png" width="9" height="9"/>',
      'external-reference',
    ),
    svg(
      'xml:base',
      'move all addresses',
      `<g xml:base="${origin}/"><image href="x.png" width="9" height="9"/></g>`,
      'external-reference',
    ),
    svg('use', 'draw from another file', `<use href="${there}.svg#a"/>`, 'external-reference'),
    svg(
      'use of data:',
      'draw a file with a program in it',
      `<use href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' id='a' onload='x()'/%3E#a"/>`,
      'data-type',
    ),
    svg(
      'SVG as picture',
      'hide an address in a picture',
      `<image href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='${there}'/%3E%3C/svg%3E" width="9" height="9"/>`,
      'data-type',
    ),
    svg(
      'SVG as picture by capitals',
      'hide the kind from a search',
      '<image href="DATA:Image/SVG+XML;base64,PHN2Zy8+" width="9" height="9"/>',
      'data-type',
    ),
    svg('GIF', 'bring a picture that moves', `<image href="${TRANSPARENT}" width="9" height="9"/>`, 'data-type'),
    svg(
      'HTML as data:',
      'bring a page',
      '<image href="data:text/html,&lt;script>x()&lt;/script>" width="9" height="9"/>',
      'data-type',
    ),
    svg(
      'feImage',
      'fetch a picture into a filter',
      `<filter id="f"><feImage href="${there}"/></filter>`,
      'external-reference',
    ),
    svg('filter from outside', 'fetch a filter', `<rect filter="url(${there}.svg#f)"/>`, 'external-reference'),
    svg('paint from outside', 'fetch a gradient', `<rect fill="url('${there}.svg#g') red"/>`, 'external-reference'),
    svg(
      'mask and marker from outside',
      'fetch a mask',
      `<path d="M0 0" style="mask:url(${there}#m);marker-end:url(${there}#n)"/>`,
      'external-reference',
    ),
    svg(
      'escaped url() as attribute',
      'hide url() from a search',
      `<rect fill="\\75 rl(${there}#g)"/>`,
      'external-reference',
    ),
    svg('cursor', 'fetch a pointer', `<rect style="cursor:url(${there}.cur),auto"/>`, 'external-reference'),
    svg('link', 'lead the reader away', `<a href="${there}"><text>a</text></a>`, 'external-reference'),
    svg(
      'set',
      'change an address later',
      `<image width="9" height="9"><set attributeName="href" to="${there}"/></image>`,
      'element',
    ),
    svg(
      'animate',
      'change an address later',
      `<image width="9" height="9"><animate attributeName="href" values="${there}"/></image>`,
      'element',
    ),
    svg('discard and mpath', 'change the drawing later', '<discard begin="1s"/>', 'element'),
    html('srcset', 'fetch a picture', `<img srcset="${there} 2x" alt="a">`, 'external-reference'),
    html('picture', 'fetch a picture', `<picture><source srcset="${there}"><img alt="a"></picture>`, 'element'),
    html('video', 'fetch a film', `<video poster="${there}"></video>`, 'element'),
    html('ping', 'tell of a click', `<a ping="${there}" href="#a">a</a>`, 'external-reference'),
    html(
      'background',
      'fetch a picture by an old attribute',
      `<table background="${there}"><tr><td>a</td></tr></table>`,
      'external-reference',
    ),
    html('input image', 'fetch a picture', `<input type="image" src="${there}">`, 'element'),
    // Styles.
    svg('import', 'fetch a style sheet', `<style>@import url(${there}.css);</style>`, 'external-reference'),
    svg(
      'import by escapes',
      'hide @import from a search',
      `<style>@\\69 mport "${there}.css";</style>`,
      'external-reference',
    ),
    svg(
      'import in comments of SGML',
      'hide @import in what CSS skips',
      `<style><![CDATA[<!-- @import "${there}.css"; -->]]></style>`,
      'external-reference',
    ),
    svg(
      'escaped url()',
      'hide url() from a search',
      `<style>rect{fill:\\75\\72\\6C(${there}#g)}</style>`,
      'external-reference',
    ),
    svg(
      'url() in a property of its own',
      'bring an address in by var()',
      `<style>rect{--a:url(${there});fill:var(--a)}</style>`,
      'external-reference',
    ),
    svg(
      'image-set()',
      'fetch a picture without url()',
      `<style>rect{background:image-set("${there}" 1x)}</style>`,
      'external-reference',
    ),
    svg(
      '-webkit-image-set()',
      'fetch a picture without url()',
      `<style>rect{background:-webkit-image-set("${there}" 1x)}</style>`,
      'external-reference',
    ),
    svg(
      'cross-fade()',
      'fetch a picture',
      `<style>rect{background:cross-fade(url(${there}), red)}</style>`,
      'external-reference',
    ),
    svg(
      'src()',
      'fetch by the address of the next standard',
      `<style>rect{background:src("${there}")}</style>`,
      'external-reference',
    ),
    svg(
      'remote font',
      'fetch a font',
      `<style>@font-face{font-family:x;src:url(${there}.woff2)}</style>`,
      'external-reference',
    ),
    svg(
      'font by characters',
      'tell the letters of a name by the fonts that they need',
      `<style>@font-face{font-family:x;src:url(${there}?A);unicode-range:U+41}</style>`,
      'external-reference',
    ),
    svg('namespace', 'make selectors mean others', '<style>@namespace "http://x.example";</style>', 'style'),
    svg(
      'property',
      'give a property an address',
      `<style>@property --a{syntax:"*";inherits:true;initial-value:url(${there})}</style>`,
      'external-reference',
    ),
    svg(
      'moving',
      'look different each time',
      '<style>@keyframes a{to{opacity:0}} rect{animation:a 1s infinite!important}</style>',
      'style',
    ),
    svg(
      'style sheet instruction',
      'fetch a style sheet',
      `<?xml-stylesheet href="${there}.css"?>`,
      'external-reference',
    ),
    html(
      'style in a comment',
      'end a comment where another parser does not',
      `<!--><style>p{background:url(${there})}</style>-->`,
      'external-reference',
    ),
    html('-webkit-mask', 'fetch a mask', `<p style="-webkit-mask:url(${there})">a</p>`, 'external-reference'),
    html(
      'content',
      'fetch a picture into a text',
      `<style>p::before{content:url(${there})}</style>`,
      'external-reference',
    ),
    html(
      'list-style',
      'fetch a picture for a list',
      `<ul style="list-style:url('${bare}')"><li>a</li></ul>`,
      'external-reference',
    ),
  ];
}
