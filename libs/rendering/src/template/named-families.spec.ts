import { expect, it } from 'vitest';
import { namedFamilies } from './named-families.ts';

const svg = (inside: string) => ({
  mediaType: 'image/svg+xml',
  source: `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`,
});

it('finds families wherever a browser would', () => {
  const { named, own } = namedFamilies(
    svg(`<style>
      @font-face { font-family: 'Brought'; src: url(data:font/woff2;base64,AA) }
      text { font: italic bold 12px/1.5 Short Hand, "Quoted  Name", serif } /* font-family: Comment */
      :root { --fancy: "By Property" } .a { font-family: var(--fancy), \\41 cme }
    </style>
    <text style="font-family:&quot;In Style&quot;;color:red" font-family="In Attribute, 'And Another'">Not "In Text"</text>
    <text data-font-family="Data">x</text>`),
  );
  expect(named).toEqual(
    ['Acme', 'And Another', 'By Property', 'In Attribute', 'In Style', 'Quoted Name', 'Short Hand', 'serif'].sort(),
  );
  expect(own).toEqual(['Brought']);
});

it('reads HTML, and nothing out of what cannot be read', () => {
  const source = '<!doctype html><style>p{font-family:Acme}</style><p style="font:1em Other">x';
  expect(namedFamilies({ mediaType: 'text/html', source }).named).toEqual(['Acme', 'Other']);
  expect(namedFamilies(svg('<style>text{font-family:')).named).toEqual([]);
  expect(namedFamilies({ mediaType: 'image/svg+xml', source: 'none' })).toEqual({ named: [], own: [] });
});
