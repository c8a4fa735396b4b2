import { expect, it } from 'vitest';
import { fontFamily } from './font-family.ts';

it('is a name that a style sheet can say, and nobody else has', () => {
  for (const family of ['Acme Sans', 'Ubuntu-Title', 'Überschrift 2', 'निर्मला']) {
    expect([family, fontFamily.safeParse(family).success]).toEqual([family, true]);
  }
  for (const family of [
    '',
    ' A',
    'A"',
    'a;b',
    'A  B',
    '2 Fast',
    'serif',
    'Inherit',
    'EB Garamond',
    'noto sans thai',
    'x'.repeat(65),
  ]) {
    expect([family, fontFamily.safeParse(family).success]).toEqual([family, false]);
  }
});
