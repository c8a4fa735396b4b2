import { hostileHtml } from './hostile-html.ts';
import { hostileSvg } from './hostile-svg.ts';
import type { HostileTemplate } from './hostile-template.ts';

/** Templates that try to be read as something else than they are, or to make something else of a value: test data. `origin` is the address that they try to reach. */
export function hostileReadings(origin: string): HostileTemplate[] {
  const there = `${origin}/x`;
  const svg = hostileSvg;
  const html = hostileHtml;
  return [
    // What two parsers read as two things.
    html(
      'noscript',
      'be a text with scripts and a picture without',
      `<noscript><img src="${there}"></noscript>`,
      'element',
    ),
    html(
      'noscript with an end inside',
      'leave an attribute',
      `<noscript><p title="</noscript><img src=${there}>"></noscript>`,
      'element',
    ),
    html(
      'MathML',
      'change the language in the middle',
      `<math><annotation-xml encoding="text/html"><img src="${there}"></annotation-xml></math>`,
      'element',
    ),
    html(
      'style in SVG in MathML',
      'make markup of what was a style',
      `<math><mtext><table><mglyph><style><img src="${there}"></style></mglyph></table></mtext></math>`,
      'element',
    ),
    html(
      'title of SVG',
      'bring HTML back in by an integration point',
      `<svg><title><img src="${there}"></title></svg>`,
      'external-reference',
    ),
    html('template', 'hide from a search for elements', `<template><img src="${there}"></template>`, 'element'),
    html(
      'shadow root',
      'hide from a search for elements',
      `<div><template shadowrootmode="open"><img src="${there}"></template></div>`,
      'element',
    ),
    html(
      'table',
      'be moved out of a table',
      `<table><script>x()</script><tr><img src="${there}"></tr></table>`,
      'script',
    ),
    html('plaintext', 'make a text of all that follows', '<plaintext>', 'element'),
    html('xmp', 'hide markup in a text', `<xmp><img src="${there}"></xmp>`, 'element'),
    html('frameset', 'throw the page away', `<frameset><frame src="${there}"></frameset>`, 'element', true),
    html('attribute without a quote', 'swallow what follows', `<p title="a><img src='${there}'><p>`, 'well-formed'),
    // Documents that say what they are not.
    svg('entity', 'put a text together later', '<!DOCTYPE svg [<!ENTITY a "b">]>', 'doctype', true),
    svg(
      'external entity',
      'read a file of the host',
      '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
      'doctype',
      true,
    ),
    svg(
      'billion laughs',
      'grow without end',
      `<!DOCTYPE svg [<!ENTITY a "ha">${'bcdefghij'
        .split('')
        .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at] ?? 'a'};`.repeat(10)}">`)
        .join('')}]>`,
      'doctype',
      true,
    ),
    svg('document type from outside', 'fetch a document type', `<!DOCTYPE svg SYSTEM "${there}.dtd">`, 'doctype', true),
    svg('XML 1.1', 'have line ends that another reader does not know', '<?xml version="1.1"?>', 'well-formed', true),
    svg('undeclared entity', 'be read by one and not by another', '<text>&nbsp;</text>', 'well-formed'),
    {
      name: 'UTF-16',
      tries: 'be read in two ways',
      mediaType: 'image/svg+xml',
      source: Buffer.from('<svg/>', 'utf16le').toString('utf8'),
      rule: 'encoding',
      line: 1,
    },
    {
      name: 'UTF-7',
      tries: 'be read in two ways',
      mediaType: 'text/html',
      source: '+ADw-script+AD4-x()+ADw-/script+AD4-',
      rule: 'kind',
      line: 1,
    },
    {
      name: 'PDF with SVG in it',
      tries: 'be two kinds of file',
      mediaType: 'image/svg+xml',
      source: '%PDF-1.4\n<svg xmlns="http://www.w3.org/2000/svg"/>',
      rule: 'kind',
      line: 1,
    },
    html('NUL', 'end a text for one and not for another', 'a\0b', 'encoding'),
    svg('half a character', 'break whoever writes it again', '<text>\ud800</text>', 'encoding'),
    // Marks of our own, and values in places that are not theirs.
    svg('our marks', 'fill another element than meant', '<text data-laurel-bound="0">a</text>', 'reserved'),
    html('our classes', 'be taken for a page', '<div class="laurel-page">a</div>', 'reserved'),
    svg('value in a style', 'make CSS of a value', '<rect style="fill:{{claims.colour}}"/>', 'slot-place'),
    svg('value in a style sheet', 'make CSS of a value', '<style>rect{fill:{{claims.colour}}}</style>', 'slot-place'),
    svg('value in url()', 'make an address of a value', '<rect fill="url({{claims.address}})"/>', 'external-reference'),
    svg(
      'value as address',
      'make an address of a value',
      '<image href="{{recipient.name}}" width="9" height="9"/>',
      'slot-place',
    ),
    svg(
      'value behind an address',
      'tell a value to others',
      `<image href="${there}?{{recipient.name}}" width="9" height="9"/>`,
      'external-reference',
    ),
    svg('value as id', 'name an element by a value', '<rect id="{{claims.id}}"/>', 'slot-place'),
    html('value as class', 'choose a style by a value', '<p class="{{claims.class}}">a</p>', 'slot-place'),
    html('value in a handler', 'make a program of a value', '<p onclick="x(\'{{recipient.name}}\')">a</p>', 'script'),
    html(
      'value as the name of an attribute',
      'make an attribute of a value',
      '<p {{recipient.name}}>a</p>',
      'slot-place',
    ),
    html('value as the name of an element', 'make an element of a value', '<{{recipient.name}}>', undefined),
    svg('slot in a comment', 'leave a comment', '<!-- {{recipient.name}} -->', undefined),
    svg('slot in CDATA', 'leave a section', '<text><![CDATA[{{recipient.name}}]]></text>', undefined),
    svg('slot in an instruction', 'leave an instruction', '<?x {{recipient.name}}?>', 'external-reference'),
    svg('slot of other letters', 'look like a slot', '<text>{{recipient.n\u0430me}}</text>', 'unknown-slot'),
    svg(
      'slot with a letter that is not seen',
      'look like a slot',
      '<text>{{recipient.\u200bname}}</text>',
      'unknown-slot',
    ),
    svg(
      'name of an object',
      'reach into a program',
      '<text>{{constructor.prototype}} {{__proto__}}</text>',
      'unknown-slot',
    ),
    svg('slot that holds itself', 'grow without end', '<text>{{{{recipient.name}}}}</text>', 'unknown-slot'),
    svg('bidi override', 'show another text than it says', '<text>Grade \u202eF ton\u202c A</text>', 'hidden-text'),
    svg('letters that are not seen', 'say what nobody sees', '<text>Grade\u{e0041} A</text>', 'hidden-text'),
  ];
}
