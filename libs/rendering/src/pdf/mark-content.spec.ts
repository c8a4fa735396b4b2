import { describe, expect, it } from 'vitest';
import { type Form, markContent } from './mark-content.ts';
import { pageMarker } from './page-marker.ts';

const decimal = (byte: number) =>
  (byte / 255)
    .toFixed(4)
    .replace(/^0/, '')
    .replace(/\.?0+$/, '') || '0';
/** A mark as the browser writes it. */
const mark = (kind: 'start' | 'end', index: number, rectangle = '100 20.5 1 1') => {
  const [red, green, blue] = pageMarker(kind, index).map(decimal);
  return `${red} ${green} ${blue} RG ${red} ${green} ${blue} rg\n/G3 gs\n${rectangle} re\nf\n`;
};
const marked = (index: number, content: string) => `${mark('start', index)}${content}${mark('end', index)}`;
const form = (id: number, content: string, inside: Readonly<Record<string, Form>> = {}): Form => ({
  id,
  read: () => content,
  forms: (name) => inside[name],
});
const none = () => undefined;
const tags = (count: number) => Array.from({ length: count }, () => 'P');

describe('markContent', () => {
  it('leaves a colour of the template alone that is no mark of its texts', () => {
    const own = `${mark('start', 1)}${mark('end', 700)}.0039 .5 .5 RG .0039 .5 .5 rg\n0 0 9 9 re\nf\n`;
    const { parts } = markContent(own + marked(0, 'A\n'), tags(1), none);
    expect(parts[0].startsWith(`/Artifact BMC\n${own}`)).toBe(true);
  });

  it('knows each of the first 1000 marks, and rectangles with any numbers', () => {
    const all = Array.from({ length: 1000 }, (_, at) => at);
    const content = all.map((at) => mark('start', at, '-.5 -20 .24 3.125') + mark('end', at)).join('');
    expect(markContent(content, tags(1000), none).texts).toEqual(all);
  });

  it('gives what stands before the first text and after the last as parts of their own', () => {
    const { parts } = markContent(`art\n${marked(0, 'A\n')}${marked(1, 'B\n')}more\n`, tags(2), none);
    expect(parts[0]).toBe('/Artifact BMC\nart\n');
    expect(parts[1]).toMatch(/EMC\n\/P <<\/MCID 0>> BDC\nA\n[^]*EMC\n\/Artifact BMC\n$/);
    expect(parts[2]).toBe('more\nEMC\n');
    expect(markContent('art\n', [], none).parts.join('')).toBe('/Artifact BMC\nart\nEMC\n');
  });

  it('looks into forms, however deep, only where the page has not all marks', () => {
    const forms: Record<string, Form> = {
      X1: form(1, '/X2 Do\n', { X2: form(2, marked(0, 'A\n')) }),
      X3: form(3, 'art'),
    };
    let asked = 0;
    const ask = (name: string) => {
      asked += 1;
      return forms[name];
    };
    const page = markContent('/X9 Do\n/X3 Do\n/X1 Do\n', tags(1), ask);
    expect([...page.forms.keys()]).toEqual([2, 1]);
    expect(page.forms.get(1)?.parts.join('')).toBe('/Artifact BMC\nEMC\n/X2 Do\n/Artifact BMC\nEMC\n');
    expect(page.parts.join('')).toBe('/Artifact BMC\n/X9 Do\n/X3 Do\nEMC\n/X1 Do\n/Artifact BMC\nEMC\n');
    expect(asked).toBe(3);
    markContent(`/X3 Do\n${marked(0, '/X1 Do\n')}`, tags(1), ask);
    expect(asked).toBe(3);
  });

  it('reads a form once that is drawn a thousand times', () => {
    let read = 0;
    const again: Form = {
      id: 1,
      read() {
        read += 1;
        return 'art';
      },
      forms: none,
    };
    const torn = () => markContent('/X1 Do\n'.repeat(1000), tags(1), () => again);
    expect(torn).toThrow(/0 of 1 texts/);
    expect(read).toBe(1);
  });

  it.each([
    ['no mark', 'A', /0 of 2 texts .* are marked/],
    ['one text too few', marked(0, 'A'), /1 of 2 texts/],
    ['another order', marked(1, 'B') + marked(0, 'A'), /start of text 1 is marked where the start of text 0 is due/],
    ['a text twice', marked(0, 'A') + marked(0, 'A') + marked(1, 'B'), /start of text 0 .* start of text 1 is due/],
    ['texts in one another', mark('start', 0) + marked(1, 'B') + mark('end', 0), /start of text 1 .* end of text 0/],
    ['an end without a start', mark('end', 0) + marked(1, 'B'), /end of text 0 .* start of text 0/],
    ['no end', marked(0, 'A') + mark('start', 1), /end of text 1 is not marked/],
    [
      'a start in the page and its end in a form',
      mark('start', 0) + '/X1 Do\n' + marked(1, 'B'),
      /start of text 1 .* end of text 0/,
    ],
    [
      'a start in a form and its end in the page',
      '/X2 Do\n' + mark('end', 0) + marked(1, 'B'),
      /end of text 0 is not marked/,
    ],
    ['a form of marks that is drawn twice', '/X3 Do\n/X3 Do\n' + marked(1, 'B'), /drawn twice/],
  ])('refuses a page with %s', (_, content, problem) => {
    const forms: Record<string, Form> = {
      X1: form(1, mark('end', 0)),
      X2: form(2, mark('start', 0)),
      X3: form(3, marked(0, 'A')),
    };
    expect(() => markContent(content, tags(2), (name) => forms[name])).toThrow(problem);
  });
});
