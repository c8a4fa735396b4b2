import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Static TrueType files of pinned packages. A browser embeds a variable font, or one with CFF outlines, as Type 3.
const BOTH = ['400Regular', '700Bold'];
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'eb-garamond': ['400Regular', '400Regular_Italic', '500Medium', '500Medium_Italic', '600SemiBold', '700Bold'],
  cinzel: ['400Regular', '600SemiBold', '700Bold'],
  'source-sans-3': ['300Light', '400Regular', '400Regular_Italic', '600SemiBold', '700Bold'],
  manrope: ['300Light', '400Regular', '500Medium', '600SemiBold', '700Bold', '800ExtraBold'],
  'playfair-display-sc': ['700Bold'],
  'pinyon-script': ['400Regular'],
  'noto-serif-devanagari': BOTH,
  'noto-sans-devanagari': BOTH,
  'noto-serif-bengali': BOTH,
  'noto-sans-bengali': BOTH,
  'noto-sans-gurmukhi': BOTH,
  'noto-sans-gujarati': BOTH,
  'noto-sans-oriya': BOTH,
  'noto-sans-tamil': BOTH,
  'noto-serif-telugu': BOTH,
  'noto-sans-telugu': BOTH,
  'noto-sans-kannada': BOTH,
  'noto-sans-malayalam': BOTH,
  amiri: BOTH,
  'noto-naskh-arabic': BOTH,
  'noto-nastaliq-urdu': BOTH,
  'noto-serif-hebrew': BOTH,
  'noto-sans-hebrew': BOTH,
  'noto-sans-thai': BOTH,
  'noto-sans-lao': BOTH,
  'noto-sans-khmer': BOTH,
  'noto-sans-myanmar': BOTH,
  'noto-sans-sc': BOTH,
  'biz-udpmincho': BOTH,
  'gowun-batang': BOTH,
};

/** The folders of the fonts that Laurel prints with, each with the files of one weight; those of one package follow one another. Throws where one is missing. */
export function fontFolders(): string[] {
  const require = createRequire(import.meta.url);
  return Object.entries(PACKAGES).flatMap(([name, weights]) => {
    const home = dirname(require.resolve(`@expo-google-fonts/${name}/package.json`));
    return weights.map((weight) => {
      const folder = join(home, weight);
      if (!existsSync(folder)) throw new Error(`The font folder ${folder} is missing. Run npm ci, which brings it.`);
      return folder;
    });
  });
}
