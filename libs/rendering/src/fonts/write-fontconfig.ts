import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontFolders } from './font-folders.ts';

/** Writes a fontconfig file into the folder that knows Laurel's fonts and no other, so that no font of the host can reach a certificate; gives its path. */
export function writeFontconfig(folder: string): string {
  const cache = join(folder, 'font-cache');
  mkdirSync(cache, { recursive: true });
  const path = join(folder, 'fonts.conf');
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...fontFolders().map((dir) => `<dir>${escaped(dir)}</dir>`),
    `<cachedir>${escaped(cache)}</cachedir>`,
    '</fontconfig>',
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
