import { checkTemplate, namedFamilies } from '@laurel/rendering/templates';
import { describe, expect, it } from 'vitest';
import { designFaces } from './design-faces.ts';

const faces = [
  { family: 'Acme Sans', weight: 400, italic: false, file: Buffer.from('one') },
  { family: 'Acme Sans', weight: 700, italic: true, file: Buffer.from('two') },
];
const rules =
  '/*laurel-fonts*/@font-face{font-family:"Acme Sans";font-weight:400;font-style:normal;src:url(data:font/ttf;base64,b25l)}' +
  '@font-face{font-family:"Acme Sans";font-weight:700;font-style:italic;src:url(data:font/ttf;base64,dHdv)}</style>';

describe('fonts in a design', () => {
  it.each([
    [
      'image/svg+xml',
      '<?xml version="1.0"?>\n<!-- <svg> -->\n<s:svg xmlns:s="http://www.w3.org/2000/svg" title=\'a > "b"\'\n>',
      '<s:rect/></s:svg><!-- </svg> -->',
    ],
    ['text/html', '\n<!-- > --><!doctype html> ', '<html lang="ar"><body class="x"><p>x'],
  ])('stand in front of everything in it, and go again: %s', (mediaType, before, after) => {
    const xmlns = mediaType === 'text/html' ? '' : ' xmlns="http://www.w3.org/2000/svg"';
    const design = { mediaType, source: before + after };
    const { source } = designFaces.with(design, faces);
    expect(source).toBe(`${before}<style${xmlns}>${rules}${after}`);
    expect(namedFamilies({ mediaType, source }).own).toEqual(['Acme Sans']);
    expect(designFaces.without(source)).toBe(design.source);
    expect(designFaces.with(design, []).source).toBe(design.source);
  });

  it('move no finding', () => {
    const source = '<svg xmlns="http://www.w3.org/2000/svg"><script/>\n<script/></svg>';
    const design = { mediaType: 'image/svg+xml', source };
    const places = (text: string) =>
      checkTemplate({ ...design, source: text })
        .filter(({ rule }) => rule === 'script')
        .map(({ line, column }) => ({ line, column }));
    const embedded = designFaces.with(design, faces);
    expect(places(source).map(({ line }) => line)).toEqual([1, 2]);
    expect(places(embedded.source).map((place) => embedded.placeBefore(place))).toEqual(places(source));
  });

  it('have no place in what is no design', () => {
    for (const source of ['', 'text', '<svg', '<svg/>', '<!--', '<svg a="']) {
      expect(designFaces.with({ mediaType: 'image/svg+xml', source }, faces).source).toBe(source);
    }
  });
});
