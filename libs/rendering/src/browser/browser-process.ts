import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { type Browser, connect } from 'puppeteer';
import { fontFolders } from '../fonts/font-folders.ts';
import { writeFontconfig } from '../fonts/write-fontconfig.ts';
import { browserAccount } from './browser-account.ts';
import { browserFlags } from './browser-flags.ts';
import { BrowserFolder } from './browser-folder.ts';
import type { RendererOptions } from './browser-options.ts';
import { endNow } from './end-now.ts';
import { inheritedDescriptors } from './inherited-descriptors.ts';
import { PipeTransport } from './pipe-transport.ts';

/** Behind stdio and the pipe. */
const FIRST_FREE = 5;
/** Many times what it takes. Whoever wants a page meanwhile waits as long. */
const START_MS = 15_000;
const CLOSE_MS = 3000;
/** An answer of the browser: a PDF of 64 MiB in base64, and what stands around it. */
const LARGEST_ANSWER = 90_000_000;
/** So much rather than the service the kernel ends the browser when memory is short. */
const OOM_SCORE = 300;

/**
 * A browser as a child of this process that has nothing of it: an account of its own where we are root, an empty environment, a session and a folder of its own,
 * and of all descriptors only a pipe. No shell, no port, no network, no font of the host.
 */
export class BrowserProcess {
  readonly pid: number;
  private closing: Promise<void> | undefined;
  private readonly ended: Promise<void>;

  private constructor(
    readonly browser: Browser,
    pid: number,
    private readonly child: ChildProcess,
    private readonly folder: BrowserFolder,
  ) {
    this.pid = pid;
    this.ended =
      child.exitCode !== null || child.signalCode !== null
        ? Promise.resolve()
        : new Promise((resolve) => child.once('exit', () => resolve()));
  }

  /** It has started once `prepare` is done with it; all together has one limit of time. Throws, naming the fix, where it does not start. */
  static async start<Prepared>(
    { browserPath, noSandbox = false, log, startTimeoutMs = START_MS }: RendererOptions,
    prepare: (process: BrowserProcess) => Promise<Prepared>,
  ): Promise<Prepared> {
    const folder = new BrowserFolder();
    let child: ChildProcess | undefined;
    let timer: NodeJS.Timeout | undefined;
    const nothing = openSync('/dev/null', 'r+');
    try {
      const account = browserAccount([browserPath, ...fontFolders(), tmpdir()]);
      if (account.kept !== undefined && !noSandbox)
        throw new Error(
          `it may not run as root, and another account cannot run it: ${account.kept}. The setting noSandbox, which is dangerous, runs it as root`,
        );
      const fonts = writeFontconfig(folder.home);
      if (account.id !== undefined) folder.giveTo(account.id);
      // What this process was itself started with would go on to the child: there it is nothing.
      const inherited = inheritedDescriptors();
      const last = Math.max(FIRST_FREE - 1, ...inherited);
      const blinds = Array.from({ length: last - FIRST_FREE + 1 }, (_, at) =>
        inherited.includes(at + FIRST_FREE) ? nothing : 'ignore',
      );
      const started = spawn(
        browserPath,
        [
          ...browserFlags,
          `--user-data-dir=${folder.home}/profile`,
          ...(noSandbox ? ['--no-sandbox'] : []),
          'about:blank',
        ],
        {
          // Without them the child keeps the account of this process; with them it loses its groups too.
          ...(account.id !== undefined && { uid: account.id, gid: account.id }),
          cwd: '/',
          env: { HOME: folder.home, TMPDIR: folder.home, FONTCONFIG_FILE: fonts },
          // A session and a process group of its own: all that it starts is found and ended with it.
          detached: true,
          stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', ...blinds],
        },
      );
      child = started;
      const failed = Promise.withResolvers<never>();
      failed.promise.catch(() => undefined);
      const late = new Error(`it was not ready within ${startTimeoutMs} ms`);
      timer = setTimeout(() => failed.reject(late), startTimeoutMs);
      const browser = await BrowserProcess.connect(started, failed);
      const { pid } = started;
      if (pid === undefined) throw new Error('it has no process');
      folder.note(pid);
      rankForMemory(pid);
      if (account.kept !== undefined)
        log.warn({ pid, reason: account.kept }, 'DANGEROUS: the browser runs as root and without its sandbox');
      const preparing = prepare(new BrowserProcess(browser, pid, started, folder));
      // The process says why; the connection only that it is closed.
      const prepared = preparing.catch((error: unknown) => {
        if (browser.connected) throw error;
        return failed.promise;
      });
      return await Promise.race([prepared, failed.promise]);
    } catch (error) {
      if (child?.pid !== undefined) endNow({ group: child.pid });
      folder.remove();
      throw new Error(
        `The browser ${browserPath} does not start: ${(error as Error).message}. Check that it is a Chromium of this machine's kind; without user namespaces it needs the setting noSandbox.`,
        { cause: error },
      );
    } finally {
      clearTimeout(timer);
      closeSync(nothing);
    }
  }

  get alive(): boolean {
    return this.closing === undefined && this.browser.connected;
  }

  /** Ends it, politely or at once, and takes its folder away. */
  close(force = false): Promise<void> {
    this.closing ??= this.end();
    if (force) endNow({ group: this.pid });
    return this.closing;
  }

  private async end(): Promise<void> {
    // A browser that does not close within its time is ended; what its closing says is then of no use to anyone.
    const timer = setTimeout(() => endNow({ group: this.pid }), CLOSE_MS);
    const closed = this.browser.close().catch(() => endNow({ group: this.pid }));
    await this.ended;
    clearTimeout(timer);
    // The renderers and helpers of its group, if one outlived it.
    endNow({ group: this.pid });
    await closed;
    this.folder.remove();
  }

  /** Rejects `failed` with what the process says when it ends. */
  private static connect(child: ChildProcess, failed: PromiseWithResolvers<never>): Promise<Browser> {
    const [, , said, to, from] = child.stdio as [null, null, Readable, Writable, Readable];
    let words = '';
    said.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-600)));
    child.once('error', failed.reject);
    child.once('close', (code, signal) =>
      failed.reject(
        new Error(
          `it ended with ${signal ?? code}${words.trim() && ` and said: ${words.trim().replaceAll(/\s+/g, ' ')}`}`,
        ),
      ),
    );
    const connecting = connect({ transport: new PipeTransport(to, from, LARGEST_ANSWER), protocolTimeout: 120_000 });
    return Promise.race([connecting.catch(() => failed.promise), failed.promise]);
  }
}

/** The kernel that is short of memory takes this process first. */
function rankForMemory(pid: number): void {
  try {
    const own = Number(readFileSync('/proc/self/oom_score_adj', 'latin1'));
    writeFileSync(`/proc/${pid}/oom_score_adj`, String(Math.min(1000, own + OOM_SCORE)));
  } catch (error) {
    // A process that may not be looked into keeps its rank; the limits of ours hold anyway.
    if (!['EACCES', 'EPERM', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
