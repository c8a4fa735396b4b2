import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coveredScripts } from './covered-scripts.ts';
import { fontFolders } from './font-folders.ts';
import { readCharacters } from './read-characters.ts';
import { uncoveredCharacter } from './uncovered-character.ts';

describe('the characters of the fonts', () => {
  it.each(coveredScripts.map((script) => [script.name, script] as const))('%s can be printed', (_, { example }) => {
    expect(uncoveredCharacter(example)).toBeUndefined();
  });

  it('tells the first character that no font has', () => {
    expect(uncoveredCharacter('Ada 😀 ሀ')).toBe('😀');
    expect(uncoveredCharacter('ᓀᐦᐃᔭᐍᐏᐣ')).toBe('ᓀ');
    expect(uncoveredCharacter('\u{e000}')).toBe('\u{e000}');
  });

  it('takes letters with their marks either way, and what is never drawn', () => {
    expect(uncoveredCharacter('Nguyễn'.normalize('NFD'))).toBeUndefined();
    expect(uncoveredCharacter('न्‍य\u00a0\u200f\u2060\n\t')).toBeUndefined();
    expect(uncoveredCharacter('')).toBeUndefined();
  });

  it('reads both formats of the table, and says of any other file that it is no font', () => {
    const fileOf = (name: string) => {
      const folder = fontFolders().find((path) => path.includes(`/${name}/400Regular`)) ?? '';
      return join(folder, readdirSync(folder).find((file) => file.endsWith('.ttf')) ?? '');
    };
    const has = (name: string, character: string) =>
      readCharacters(fileOf(name)).some(([first, last]) => {
        const code = character.codePointAt(0) ?? 0;
        return first <= code && code <= last;
      });
    expect([has('biz-udpmincho', '𠮟'), has('noto-sans-sc', '王'), has('cinzel', 'Q'), has('cinzel', 'я')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(() => readCharacters(import.meta.filename)).toThrow(/no font that can be read/);
  });
});
