import { basename, dirname } from 'node:path';
import { fontFolders } from './font-folders.ts';

/** Of names that Laurel's own fonts have or may get. */
const RESERVED = /^(?:noto|laurel)/;
let known: ReadonlySet<string> | undefined;

/** Whether a font family is one of those that Laurel brings or keeps for itself, in whatever letters and with whatever spaces it is written: nobody else's font may have its name. */
export function isPinnedFamily(family: string): boolean {
  // A package is called by its family: noto-sans-thai.
  known ??= new Set(fontFolders().map((folder) => plain(basename(dirname(folder)))));
  return RESERVED.test(plain(family)) || known.has(plain(family));
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '');
