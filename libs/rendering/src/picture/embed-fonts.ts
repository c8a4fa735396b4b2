import { readFile } from 'node:fs/promises';
import { type FontFace, fontFaces } from './font-face.ts';
import type { DefinedFamily, DrawnText } from './read-texts.ts';
import { subsetFont } from './subset-font.ts';
import { writeWoff } from './write-woff.ts';

/** Fonts that a picture brings itself. */
export interface EmbeddedFonts {
  /** The `@font-face` rules. */
  readonly css: string;
  /** What `font-family` has to be, by the elements of the texts. */
  readonly families: readonly (readonly [element: number, families: string])[];
}

interface Used {
  readonly face: FontFace;
  readonly changes: string;
  characters: string;
  hasFeatures: boolean;
}

/**
 * Cuts out of the pinned fonts what these texts need. Each file becomes a family of its own, so that no browser has to choose a weight, nor can take a font of its
 * host.
 *
 * @param fonts with which each text was drawn, by PostScript name
 */
export async function embedFonts(
  texts: readonly DrawnText[],
  defined: readonly DefinedFamily[],
  fonts: readonly (readonly string[])[],
): Promise<EmbeddedFonts> {
  const faces = fontFaces();
  const brought = new Set(defined.filter(({ local }) => local.length === 0).map(({ family }) => family));
  const used = new Map<string, Used>();
  const lists = new Map<number, { order: readonly string[]; names: Map<string, number> }>();
  texts.forEach((drawn, at) => {
    const own = (fonts[at] ?? []).flatMap((name) => faces.get(name) ?? []);
    if (drawn.text.trim() === '' || (fonts[at] ?? []).length === 0) return;
    const list = lists.get(drawn.element) ?? { order: drawn.families, names: new Map<string, number>() };
    lists.set(drawn.element, list);
    drawn.families.forEach((family, place) => {
      if (brought.has(family)) list.names.set(family, place);
    });
    for (const face of withFirst(own, drawn, faces)) {
      const alias = defined.find(({ family, local }) => drawn.families.includes(family) && isOneOf(face, local));
      const isFamily = (family: string) => family === alias?.family || (!alias && face.families.includes(family));
      const place = drawn.families.findIndex(isFamily);
      const name = alias ? `${face.postScriptName}-${alias.family.replaceAll(' ', '')}` : face.postScriptName;
      list.names.set(name, place < 0 ? drawn.families.length : place);
      const one = used.get(name) ?? { face, changes: alias?.changes ?? '', characters: '', hasFeatures: false };
      one.characters += drawn.text;
      one.hasFeatures ||= drawn.hasFeatures;
      used.set(name, one);
    }
  });
  const rules = [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => fontFaceRule(name, one));
  return {
    css: (await Promise.all(rules)).join('\n'),
    families: [...lists].map(([element, { names }]) => [
      element,
      [...names]
        .sort(([, a], [, b]) => a - b)
        .map(([name]) => `"${name.replaceAll(/["\\]/g, '\\$&')}"`)
        .join(','),
    ]),
  };
}

const isOneOf = ({ fullName, postScriptName }: FontFace, names: readonly string[]) =>
  names.includes(fullName) || names.includes(postScriptName);

/** The first family of a text gives its lines their heights and its letters their baseline, also where it draws none of them. */
function withFirst(own: readonly FontFace[], drawn: DrawnText, faces: ReadonlyMap<string, FontFace>): FontFace[] {
  const [first = ''] = drawn.families;
  if (own.some(({ families }) => families.includes(first))) return [...own];
  const distance = ({ isItalic, weight }: FontFace) =>
    (isItalic === drawn.isItalic ? 0 : 1000) + Math.abs(weight - drawn.weight);
  const [nearest] = [...faces.values()]
    .filter(({ families }) => families.includes(first))
    .sort((a, b) => distance(a) - distance(b));
  return nearest ? [nearest, ...own] : [...own];
}

async function fontFaceRule(name: string, { face, changes, characters, hasFeatures }: Used): Promise<string> {
  const subset = await subsetFont(await readFile(face.path), needed(characters), hasFeatures);
  const data = writeWoff(subset).toString('base64');
  const style = face.isItalic ? 'italic' : 'normal';
  return `@font-face{font-family:"${name}";font-weight:${face.weight};font-style:${style};${changes}src:url(data:font/woff;base64,${data}) format("woff")}`;
}

const mirrored = ['()', '[]', '{}', '<>', '«»', '‹›'];

/** The characters of a text, and those by which a browser may draw them: of other case, composed and decomposed, mirrored; the circle under a mark that has no letter. */
function needed(text: string): string {
  const forms = [text, text.toUpperCase(), text.toLowerCase()];
  const characters = new Set([
    ' ',
    '-',
    '\u2010',
    '\u25cc',
    ...forms.flatMap((form) => [...form.normalize('NFC'), ...form.normalize('NFD'), ...form]),
  ]);
  for (const pair of mirrored)
    if ([...pair].some((one) => characters.has(one))) for (const one of pair) characters.add(one);
  return [...characters].sort().join('');
}
