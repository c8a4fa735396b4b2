import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Static TrueType files of pinned packages. A browser embeds a variable font, or one with CFF outlines, as Type 3.
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'eb-garamond': ['400Regular', '400Regular_Italic', '500Medium', '500Medium_Italic', '600SemiBold', '700Bold'],
  cinzel: ['400Regular', '600SemiBold', '700Bold'],
  'source-sans-3': ['300Light', '400Regular', '400Regular_Italic', '600SemiBold', '700Bold'],
  'noto-sans-devanagari': ['400Regular', '700Bold'],
  'noto-sans-tamil': ['400Regular', '700Bold'],
  'noto-sans-bengali': ['400Regular', '700Bold'],
  'noto-naskh-arabic': ['400Regular', '700Bold'],
  'noto-sans-hebrew': ['400Regular', '700Bold'],
  'noto-sans-thai': ['400Regular', '700Bold'],
  'noto-sans-sc': ['400Regular', '700Bold'],
  'biz-udpmincho': ['400Regular', '700Bold'],
  'gowun-batang': ['400Regular', '700Bold'],
};

/** The folders of the fonts that Laurel prints with, each with the files of one weight. Throws where one is missing. */
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
