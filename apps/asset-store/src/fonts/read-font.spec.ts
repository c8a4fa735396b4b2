import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { FontRefused } from './font-refused.ts';
import { readFont } from './read-font.ts';

const require = createRequire(import.meta.resolve('@laurel/rendering/package.json'));
const read = (path: string) => readFileSync(require.resolve(`@expo-google-fonts/${path}`));
const good = read('cinzel/700Bold/Cinzel_700Bold.ttf');

/** Where the list of tables speaks of one. */
const entry = (file: Buffer, tag: string) => file.indexOf(tag, 12, 'latin1');
const place = (file: Buffer, tag: string) => file.readUInt32BE(entry(file, tag) + 8);

function changed(change: (file: Buffer) => void): Buffer {
  const file = Buffer.from(good);
  change(file);
  return file;
}

/** With two bytes of a table changed, and the table's sum made right again. */
function withField(tag: string, offset: number, value: number): Buffer {
  return changed((file) => {
    const at = place(file, tag) + offset;
    const sum = entry(file, tag) + 4;
    const shift = offset % 4 === 0 ? 65_536 : 1;
    const difference = (value - file.readUInt16BE(at)) * shift;
    file.writeUInt16BE(value, at);
    file.writeUInt32BE((file.readUInt32BE(sum) + difference + 2 ** 32) % 2 ** 32, sum);
  });
}

/** With a table of so many bytes, a multiple of four, and the right sum. */
function shortened(tag: string, length: number): Buffer {
  return changed((file) => {
    const at = place(file, tag);
    let sum = 0;
    for (let word = at; word < at + length; word += 4) sum = (sum + file.readUInt32BE(word)) >>> 0;
    file.writeUInt32BE(sum, entry(file, tag) + 4);
    file.writeUInt32BE(length, entry(file, tag) + 12);
  });
}

const renamed = (from: string, to: string) => changed((file) => void file.write(to, entry(file, from), 'latin1'));
const refusal = (file: Buffer) => {
  try {
    readFont(file);
  } catch (error) {
    if (error instanceof FontRefused) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('a font', () => {
  it('tells its weight and whether it is italic', () => {
    expect(readFont(good)).toEqual({ weight: 700, italic: false });
    const italic = read('eb-garamond/500Medium_Italic/EBGaramond_500Medium_Italic.ttf');
    expect(readFont(italic)).toEqual({ weight: 500, italic: true });
  });

  it.each([
    ['another kind', Buffer.concat([Buffer.from('OTTO'), good.subarray(4)]), 'CFF'],
    ['WOFF', Buffer.concat([Buffer.from('wOFF'), good.subarray(4)]), 'convert it'],
    ['WOFF2', Buffer.concat([Buffer.from('wOF2'), good.subarray(4)]), 'woff2_decompress'],
    ['a collection', Buffer.concat([Buffer.from('ttcf'), good.subarray(4)]), 'each of them'],
    ['no font', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'no TrueType font'],
    ['almost nothing', Buffer.alloc(3), '3 bytes'],
    ['variable', renamed('GSUB', 'fvar'), 'variable font'],
    ['coloured', renamed('GSUB', 'COLR'), 'colour font'],
    ['without outlines', renamed('glyf', 'glyg'), 'no table glyf'],
    ['cut off', good.subarray(0, good.length - 100), 'It ends within its table'],
    ['damaged', changed((file) => void (file[place(file, 'glyf') + 50]! ^= 1)), 'table glyf is damaged'],
    ...['OS/2', 'cmap', 'head', 'hhea', 'loca', 'maxp'].map((tag): [string, Buffer, string] => [
      `with too little in ${tag}`,
      shortened(tag, 4),
      'shorter than',
    ]),
    ['with too many tables', changed((file) => void file.writeUInt16BE(65_000, 4)), 'list of tables'],
    ['that must not be embedded', withField('OS/2', 8, 0x0002), 'forbids embedding'],
    ['that must not be cut', withField('OS/2', 8, 0x0104), 'embed parts'],
    ['of bitmaps', withField('OS/2', 8, 0x0200), 'bitmaps'],
    ['with more glyphs than places', withField('maxp', 4, 60_000), 'how wide'],
    ['with less glyphs than widths', withField('hhea', 34, 60_000), 'how wide'],
    ['whose glyphs lie elsewhere', withField('loca', 20, 0xfff0), 'glyph'],
    ['whose characters lie elsewhere', withField('cmap', 2, 0), 'letters of Unicode'],
  ])('is refused with the fix: %s', (_, file, reason) => {
    expect(refusal(file)).toContain(reason);
  });

  it('may be embedded where one of its permissions says so', () => {
    for (const permissions of [0, 0x0004, 0x0008, 0x0006]) {
      expect(refusal(withField('OS/2', 8, permissions))).toBe('accepted');
    }
  });

  it('that is cut or changed anywhere is judged, and never breaks its reader', () => {
    let seed = 1;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let time = 0; time < 300; time++) {
      const file = Buffer.from(good.subarray(0, time % 2 === 0 ? good.length : random(good.length)));
      for (let change = 0; change < 5 && file.length > 0; change++)
        file[random(Math.min(file.length, 400))] = random(256);
      expect(() => refusal(file)).not.toThrow();
    }
  });
});
