import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredObject } from '../store/object-store.ts';

const atOnce = 64;

/**
 * The objects below a folder in the order of their names' bytes, as S3 lists them: a folder sorts with the `/` that follows its
 * name. One folder's names are held in memory at a time (per level), never the whole store's.
 *
 * @param root the store's folder
 * @param prefix what the names begin with
 * @param after the name behind which to begin; what stands before it is not looked at
 */
export async function* listFiles(root: string, prefix: string, after: string): AsyncGenerator<StoredObject> {
  const slash = prefix.lastIndexOf('/');
  yield* walk(root, prefix.slice(0, slash + 1), prefix, after);
}

async function* walk(root: string, path: string, prefix: string, after: string): AsyncGenerator<StoredObject> {
  const entries = await ifThere(readdir(join(root, path), { withFileTypes: true }));
  const names = (entries ?? [])
    // A dot begins what is the store's own: files that are being written.
    .filter((entry) => !entry.name.startsWith('.'))
    .map((entry) => `${path}${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .filter((name) => name.startsWith(prefix) || (name.endsWith('/') && prefix.startsWith(name)))
    .filter((name) => name > after || (name.endsWith('/') && after.startsWith(name)))
    .sort((a, b) => (a < b ? -1 : 1));
  for (let at = 0; at < names.length;) {
    const name = names[at] ?? '';
    if (name.endsWith('/')) {
      yield* walk(root, name, prefix, after);
      at++;
      continue;
    }
    const folder = names.findIndex((next, index) => index > at && next.endsWith('/'));
    const files = names.slice(at, Math.min(at + atOnce, folder < 0 ? names.length : folder));
    for (const stored of await Promise.all(files.map((file) => describe(root, file)))) {
      if (stored !== undefined) yield stored;
    }
    at += files.length;
  }
}

async function describe(root: string, name: string): Promise<StoredObject | undefined> {
  const found = await ifThere(stat(join(root, name)));
  return found?.isFile() ? { name, bytes: found.size, writtenAt: found.mtime } : undefined;
}

/** What is deleted while it is listed is not there. */
async function ifThere<Found>(finding: Promise<Found>): Promise<Found | undefined> {
  try {
    return await finding;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
