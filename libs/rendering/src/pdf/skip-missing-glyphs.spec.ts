import { expect, it } from 'vitest';
import { skipMissingGlyphs } from './skip-missing-glyphs.ts';

const gaps: Readonly<Record<string, number>> = { F4: 500, F12: 633.5 };
const skip = (content: string) => skipMissingGlyphs(content, (font) => gaps[font] ?? 1);

it.each([
  [
    'a text without one',
    '/F4 12 Tf\n<00010002> Tj\n0.0000 0 Td <0100> Tj',
    '/F4 12 Tf\n<00010002> Tj\n0.0000 0 Td <0100> Tj',
  ],
  ['digits across two glyphs', '<10000001> Tj', '<10000001> Tj'],
  ['a text of nothing else', '/F4 12 Tf\n<0000> Tj', '/F4 12 Tf\n[ -500 ] TJ'],
  [
    'some in a text',
    '/F4 12 Tf\n/F12 9.5 Tf <0001000000000002> Tj',
    '/F4 12 Tf\n/F12 9.5 Tf [<0001> -633.5  -633.5 <0002>] TJ',
  ],
  ['one at the end', '/F12 -9 Tf <00010000> Tj', '/F12 -9 Tf [<0001> -633.5 ] TJ'],
  ['what is no glyph', '/Span<</ActualText <FEFF0000> >> BDC', '/Span<</ActualText <FEFF0000> >> BDC'],
])('leaves a gap for each missing glyph: %s', (_, content, expected) => {
  expect(skip(content)).toBe(expected);
});
