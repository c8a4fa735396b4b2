import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/**
 * Makes folders so that they survive a power cut: a new folder's name is durable only when its parent was synced, which
 * another process that made it may not have done. So each folder is made and its parent synced once per process.
 */
export class DurableFolders {
  private readonly made = new Map<string, Promise<void>>();

  /** @param root the outermost folder that is made; its parent has to exist */
  constructor(private readonly root: string) {}

  async make(folder: string): Promise<void> {
    const known = this.made.get(folder);
    if (known !== undefined) return known;
    const making = this.makeOne(folder);
    this.made.set(folder, making);
    try {
      await making;
    } catch (error) {
      this.made.delete(folder);
      throw error;
    }
  }

  /** Somebody removed folders meanwhile. */
  forget(): void {
    this.made.clear();
  }

  private async makeOne(folder: string): Promise<void> {
    if (folder !== this.root) await this.make(dirname(folder));
    try {
      await mkdir(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await syncFolder(dirname(folder));
  }
}
