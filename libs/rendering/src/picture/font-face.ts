import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fontFolders } from '../fonts/font-folders.ts';

/** One file of the pinned fonts, as style sheets know it. */
export interface FontFace {
  /** By which the browser tells what it drew with: `EBGaramond-SemiBold`. */
  readonly postScriptName: string;
  /** By which `local()` finds it: `EB Garamond SemiBold`. */
  readonly fullName: string;
  /** What a style sheet may call it: `EB Garamond`, and what older programs do: `EB Garamond SemiBold`. */
  readonly families: readonly string[];
  /** From 1 to 1000; 400 is regular. */
  readonly weight: number;
  readonly isItalic: boolean;
  readonly path: string;
}

let known: ReadonlyMap<string, FontFace> | undefined;

/** All pinned fonts by their PostScript names. Reads their names at the first call, some 10 ms. Throws where a font is missing or is none. */
export function fontFaces(): ReadonlyMap<string, FontFace> {
  known ??= new Map(
    fontFolders()
      .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
      .filter((path) => path.endsWith('.ttf'))
      .map((path) => readFace(path))
      .map((face) => [face.postScriptName, face]),
  );
  return known;
}

/** Reads the tables `name` and `OS/2` of a TrueType file (OpenType 1.9), and no other. */
function readFace(path: string): FontFace {
  const file = openSync(path, 'r');
  try {
    const read = (position: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      if (readSync(file, bytes, 0, length, position) < length) throw new Error('it ends too early');
      return bytes;
    };
    const directory = read(12, read(0, 12).readUInt16BE(4) * 16);
    const table = (tag: string): Buffer => {
      for (let at = 0; at < directory.length; at += 16)
        if (directory.toString('latin1', at, at + 4) === tag)
          return read(directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12));
      throw new Error(`it has no table ${tag}`);
    };
    const names = readNames(table('name'));
    const style = table('OS/2');
    const postScriptName = names.get(6);
    if (postScriptName === undefined) throw new Error('it has no PostScript name');
    return {
      postScriptName,
      fullName: names.get(4) ?? postScriptName,
      families: [names.get(16), names.get(1)].filter((name) => name !== undefined),
      weight: style.readUInt16BE(4),
      isItalic: (style.readUInt16BE(62) & 1) === 1,
      path,
    };
  } catch (error) {
    throw new Error(`${path} is no font that can be read: ${(error as Error).message}. Take a static TrueType file.`, {
      cause: error,
    });
  } finally {
    closeSync(file);
  }
}

/** The names for Windows (platform 3), in UTF-16, by their id. */
function readNames(table: Buffer): Map<number, string> {
  const names = new Map<number, string>();
  const storage = table.readUInt16BE(4);
  for (let record = 0; record < table.readUInt16BE(2); record++) {
    const at = 6 + record * 12;
    const isEnglish = table.readUInt16BE(at) === 3 && table.readUInt16BE(at + 4) === 0x409;
    if (!isEnglish) continue;
    const from = storage + table.readUInt16BE(at + 10);
    const bytes = table.subarray(from, from + table.readUInt16BE(at + 8));
    names.set(table.readUInt16BE(at + 6), Buffer.from(bytes).swap16().toString('utf16le'));
  }
  return names;
}
