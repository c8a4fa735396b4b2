import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fontFolders } from './font-folders.ts';
import { type CharacterRange, readCharacters } from './read-characters.ts';

// Space, and what is an instruction to the layout rather than a picture.
const INVISIBLE = /^[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]$/u;
let known: readonly CharacterRange[] | undefined;

/**
 * The first character of a text that no font of Laurel has, so that it would be printed as a box; undefined if all can be printed. A letter with marks counts as
 * had where a font has the letter and the marks. Reads the fonts' tables at the first call, some 20 ms. Throws where a font is missing.
 */
export function uncoveredCharacter(text: string): string | undefined {
  known ??= allCharacters();
  for (const character of text.normalize('NFC'))
    if (!INVISIBLE.test(character) && ![...character.normalize('NFD')].every((part) => isIn(known ?? [], part)))
      if (!isIn(known, character)) return character;
  return undefined;
}

/** What the fonts have together, in rising order, without overlaps. One weight of each is enough: the others have the same characters. */
function allCharacters(): CharacterRange[] {
  const homes = new Set<string>();
  const ranges = fontFolders().flatMap((folder) => {
    const home = join(folder, '..');
    if (homes.has(home)) return [];
    homes.add(home);
    return readdirSync(folder)
      .filter((file) => file.endsWith('.ttf'))
      .flatMap((file) => readCharacters(join(folder, file)));
  });
  const merged: [number, number][] = [];
  for (const [first, last] of ranges.sort(([a], [b]) => a - b)) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

function isIn(ranges: readonly CharacterRange[], character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first = 0, last = 0] = ranges[middle] ?? [];
    if (code < first) high = middle - 1;
    else if (code > last) low = middle + 1;
    else return true;
  }
  return false;
}
