import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { processMark } from './process-mark.ts';

/**
 * What a browser may write: `home`, which is its account's. The folder around it stays ours and says who uses it, in `users.json`, so that what a killed service left
 * is found.
 */
export class BrowserFolder {
  static readonly prefix = 'laurel-browser-';
  readonly home: string;
  private readonly path: string;

  constructor() {
    this.path = mkdtempSync(join(tmpdir(), BrowserFolder.prefix));
    this.home = join(this.path, 'home');
    mkdirSync(this.home, { mode: 0o700 });
    this.note(undefined);
  }

  /** Gives all that stands in `home` to this user and group. */
  giveTo(id: number): void {
    for (const entry of ['', ...readdirSync(this.home, { recursive: true, encoding: 'utf8' })])
      chownSync(join(this.home, entry), id, id);
    // Who may pass sees nothing: the rest is ours.
    chmodSync(this.path, 0o711);
  }

  /** Writes down which browser uses it. */
  note(browser: number | undefined): void {
    const users = {
      host: hostname(),
      service: processMark(process.pid),
      browser: browser === undefined ? undefined : processMark(browser),
    };
    writeFileSync(join(this.path, 'users.json'), JSON.stringify(users), { mode: 0o600 });
  }

  /** Takes it away; its browser has ended. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
