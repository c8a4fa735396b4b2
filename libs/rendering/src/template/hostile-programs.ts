import { hostileHtml } from './hostile-html.ts';
import { hostileSvg } from './hostile-svg.ts';
import type { HostileTemplate } from './hostile-template.ts';

/** Templates that try to run a program, or to bring another page: test data. `origin` is the address that they try to reach. */
export function hostilePrograms(origin: string): HostileTemplate[] {
  const there = `${origin}/x`;
  const svg = hostileSvg;
  const html = hostileHtml;
  return [
    // Programs.
    svg('script', 'run a program', '<script>fetch("' + there + '")</script>', 'script'),
    svg('script by address', 'run a program from outside', `<script href="${there}.js"/>`, 'script'),
    svg(
      'script with another prefix',
      'hide a script behind a prefix',
      `<s:script xmlns:s="http://www.w3.org/2000/svg">fetch("${there}")</s:script>`,
      'script',
    ),
    svg(
      'script of XHTML',
      'bring the script of another language',
      `<h:script xmlns:h="http://www.w3.org/1999/xhtml" src="${there}.js"></h:script>`,
      'script',
    ),
    svg('handler', 'run a program when drawn', `<rect onload="fetch('${there}')"/>`, 'script'),
    svg(
      'handler of focus',
      'run a program without a click',
      `<rect tabindex="1" onfocusin="fetch('${there}')"/>`,
      'script',
    ),
    svg('handler in capitals', 'run a program', `<rect OnBegin="fetch('${there}')"/>`, 'script'),
    svg(
      'handler of XML Events',
      'run a program',
      '<rect ev:event="load" xmlns:ev="http://www.w3.org/2001/xml-events"/>',
      'script',
    ),
    svg(
      'javascript: with a tab',
      'hide the scheme from a search',
      '<a href="java&#9;script:x()"><text>a</text></a>',
      'script',
    ),
    svg(
      'javascript: behind controls',
      'hide the scheme from a search',
      '<a href="&#x20;&#xa;javascript:x()"><text>a</text></a>',
      'script',
    ),
    html('behavior', 'run a program by a style', `<p style="behavior:url(${there}.htc)">a</p>`, 'script'),
    html(
      'expression()',
      'run a program by a style',
      '<p style="width:expr/**/ession(x())">a</p><p style="width:expression(x())">b</p>',
      'script',
    ),
    // Other documents.
    svg(
      'foreignObject',
      'bring HTML into SVG',
      `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="${there}"/></body></foreignObject>`,
      'element',
    ),
    svg(
      'img of XHTML',
      'bring HTML into SVG without foreignObject',
      `<i:img xmlns:i="http://www.w3.org/1999/xhtml" src="${there}"/>`,
      'element',
    ),
    html('iframe', 'bring another page', `<iframe src="${there}"></iframe>`, 'element'),
    html(
      'iframe with its source',
      'bring another page',
      `<iframe srcdoc="&lt;img src='${there}'>"></iframe>`,
      'element',
    ),
    html('object', 'bring another page', `<object data="${there}"></object>`, 'element'),
    html('embed', 'bring another page', `<embed src="${there}">`, 'element'),
    html('meta refresh', 'lead the page away', `<meta http-equiv="refresh" content="0;url=${there}">`, 'element'),
    html('base', 'lead all addresses away', `<base href="${origin}/">`, 'element'),
    html('link element', 'fetch ahead', `<link rel="preload" as="image" href="${there}">`, 'element'),
    html('form', 'send something', `<form action="${there}"><input name="a"></form>`, 'element'),
    html('portal', 'bring another page', `<portal src="${there}"></portal>`, 'element'),
    html('custom element', 'bring what a browser may learn', '<x-loader src="a">a</x-loader>', 'element'),
  ];
}
