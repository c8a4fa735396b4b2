import { randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertObjectName } from '../names/object-name.ts';
import { assertObjectPrefix } from '../names/object-prefix.ts';
import { concurrently } from '../store/concurrently.ts';
import type { ObjectStore, ObjectToStore, StoredObject } from '../store/object-store.ts';
import { ObjectStoreUnavailable } from '../store/object-store-unavailable.ts';
import { DurableFolders } from './durable-folders.ts';
import { fileError } from './file-error.ts';
import { listFiles } from './list-files.ts';
import { syncFolder } from './sync-folder.ts';
import { writePieces } from './write-pieces.ts';

/** Twice Node's four threads for files: while some wait for the disk, the next are queued. */
const atOnce = 8;
/** What was begun so long ago belongs to a process that is gone. */
const leftoverMs = 60 * 60 * 1_000;

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/**
 * Objects as files below a folder, for any number of processes at once. A file is written and synced beside the objects, in
 * `.new`, and then linked to its name, which fails where that exists: so a name holds a whole object or none, the first writer
 * wins, and what has a name is on the disk. Only which names a folder holds is left to sync, once per call and folder. The
 * folder has to lie on one file system with hard links.
 */
export class FileObjectStore implements ObjectStore {
  private readonly folders: DurableFolders;
  private readonly incoming: string;
  private clearing: Promise<void> | undefined;

  /** @param root an absolute path; its parent has to exist */
  constructor(private readonly root: string) {
    this.folders = new DurableFolders(root);
    this.incoming = join(root, '.new');
  }

  async put(objects: readonly ObjectToStore[]): Promise<void> {
    objects.forEach(({ name }) => assertObjectName(name));
    const byName = new Map(objects.toReversed().map((object) => [object.name, object]));
    const folders = new Set([...byName.keys()].map((name) => dirname(join(this.root, name))));
    await this.mapped(async () => {
      await this.clearLeftovers();
      await this.again(() => concurrently([this.incoming, ...folders], 1, (folder) => this.folders.make(folder)));
      await concurrently(byName.values(), atOnce, (object) => this.again(() => this.write(object)));
      // Also where another process was first: it may not have come to this yet.
      await concurrently(folders, atOnce, syncFolder);
    });
  }

  async get(name: string): Promise<Buffer | undefined> {
    assertObjectName(name);
    return this.mapped(() => ifThere(readFile(join(this.root, name))));
  }

  async has(name: string): Promise<boolean> {
    assertObjectName(name);
    return this.mapped(async () => (await ifThere(stat(join(this.root, name))))?.isFile() ?? false);
  }

  async *list(prefix: string, after = ''): AsyncGenerator<StoredObject> {
    assertObjectPrefix(prefix);
    try {
      yield* listFiles(this.root, prefix, after);
    } catch (error) {
      throw fileError(error, this.root);
    }
  }

  async delete(names: readonly string[]): Promise<void> {
    names.forEach(assertObjectName);
    const touched = new Set<string>();
    await this.mapped(async () => {
      await concurrently(new Set(names), atOnce, async (name) => {
        const path = join(this.root, name);
        if ((await ifThere(unlink(path).then(() => true))) === true) touched.add(dirname(path));
      });
      await concurrently(touched, atOnce, syncFolder);
    });
  }

  async check(): Promise<void> {
    await this.mapped(async () => {
      this.folders.forget();
      await this.folders.make(this.incoming);
      const probe = Buffer.from(randomUUID());
      const path = await this.writeNew(probe);
      const linked = `${path}.linked`;
      try {
        await link(path, linked);
        if (!(await readFile(linked)).equals(probe)) {
          throw new ObjectStoreUnavailable(
            `${this.incoming} gives back other bytes than were written. Check its disk.`,
          );
        }
      } finally {
        await Promise.all([path, linked].map((file) => ifThere(unlink(file))));
      }
    });
  }

  close(): void {
    // A folder holds no connection.
  }

  private async write({ name, bytes }: ObjectToStore): Promise<void> {
    const path = join(this.root, name);
    await this.folders.make(dirname(path));
    const written = await this.writeNew(bytes);
    try {
      await link(written, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || !(await isWritten(path))) throw error;
    } finally {
      await ifThere(unlink(written));
    }
  }

  /** @returns the path of a file with these bytes, which are on the disk */
  private async writeNew(bytes: ObjectToStore['bytes']): Promise<string> {
    await this.folders.make(this.incoming);
    const path = join(this.incoming, randomUUID());
    const handle = await open(path, 'wx', 0o640);
    try {
      await writePieces(handle, bytes instanceof Uint8Array ? [bytes] : bytes);
      await handle.datasync();
    } catch (error) {
      await ifThere(unlink(path));
      throw error;
    } finally {
      await handle.close();
    }
    return path;
  }

  /** Repeats what failed for want of a folder that this process had made and somebody removed. */
  private async again(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      this.folders.forget();
      await work();
    }
  }

  /** Removes, once per process, what killed writers had begun. */
  private async clearLeftovers(): Promise<void> {
    this.clearing ??= this.removeLeftovers().catch((error: unknown) => {
      this.clearing = undefined;
      throw error;
    });
    return this.clearing;
  }

  private async removeLeftovers(): Promise<void> {
    const names = (await ifThere(readdir(this.incoming))) ?? [];
    const before = Date.now() - leftoverMs;
    await concurrently(names, atOnce, async (name) => {
      const path = join(this.incoming, name);
      const found = await ifThere(stat(path));
      if (found !== undefined && found.mtimeMs < before) await ifThere(unlink(path));
    });
  }

  private async mapped<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw fileError(error, this.root);
    }
  }
}

/** @throws where a folder has the name: its object could never be kept */
async function isWritten(path: string): Promise<boolean> {
  const found = await ifThere(stat(path));
  if (found?.isDirectory()) throw Object.assign(new Error(`EISDIR: ${path} is a folder`), { code: 'EISDIR' });
  return found !== undefined;
}

/** A file that is not there is none, and neither is a folder of that name. */
async function ifThere<Found>(finding: Promise<Found>): Promise<Found | undefined> {
  try {
    return await finding;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
