import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, launch } from 'puppeteer';
import { writeFontconfig } from '../fonts/write-fontconfig.ts';
import type { RendererOptions } from './browser-options.ts';
import { PrintPage } from './print-page.ts';

const PAGES = 2;

const FLAGS = [
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--lang=en-US',
  // No way out: three walls, each of which was measured to hold alone; the pages add two (offline, content security policy).
  '--proxy-server=127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-pings',
];

/** One browser process with its print pages, in a folder of its own, without network, environment or fonts of the host. */
export class PrintBrowser {
  /** How many certificates it has printed. */
  printed = 0;
  readonly pages: readonly PrintPage[];
  private readonly browser: Browser;
  private readonly folder: string;
  private closing: Promise<void> | undefined;

  private constructor(browser: Browser, pages: readonly PrintPage[], folder: string) {
    this.browser = browser;
    this.pages = pages;
    this.folder = folder;
  }

  static async start(options: Pick<RendererOptions, 'browserPath' | 'noSandbox'>): Promise<PrintBrowser> {
    const folder = mkdtempSync(join(tmpdir(), 'laurel-browser-'));
    let browser: Browser | undefined;
    try {
      browser = await launch({
        executablePath: options.browserPath,
        headless: 'shell',
        // No port that others could connect to; and a browser whose parent is gone reads the pipe's end and leaves.
        pipe: true,
        env: { HOME: folder, TMPDIR: folder, FONTCONFIG_FILE: writeFontconfig(folder) },
        userDataDir: join(folder, 'profile'),
        args: [...FLAGS, ...(options.noSandbox === true ? ['--no-sandbox'] : [])],
        // Who ends the service ends the browser by close(), after the last run.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        timeout: 30_000,
        protocolTimeout: 120_000,
      });
      const pages: PrintPage[] = [];
      for (let count = 0; count < PAGES; count++) pages.push(await PrintPage.open(browser));
      return new PrintBrowser(browser, pages, folder);
    } catch (error) {
      kill(browser);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      throw new Error(
        `The browser ${options.browserPath} does not start: ${(error as Error).message}. Check that it is a Chromium of this machine's kind; as root, or without user namespaces, it needs the setting noSandbox.`,
        { cause: error },
      );
    }
  }

  get alive(): boolean {
    return this.closing === undefined && this.browser.connected;
  }

  get pid(): number | undefined {
    return this.browser.process()?.pid;
  }

  /** Ends the process, politely or at once, and takes its folder away. */
  close(force = false): Promise<void> {
    this.closing ??= this.end(force);
    if (force) kill(this.browser);
    return this.closing;
  }

  private async end(force: boolean): Promise<void> {
    const child = this.browser.process();
    const gone =
      child === null || child.exitCode !== null || child.signalCode !== null
        ? Promise.resolve()
        : new Promise<void>((resolve) => child.once('exit', () => resolve()));
    if (force) kill(this.browser);
    // A browser that does not close within its time is ended; what its closing says is then of no use to anyone.
    const timer = setTimeout(() => kill(this.browser), 3000);
    const closed = this.browser.close().catch(() => kill(this.browser));
    await gone;
    clearTimeout(timer);
    // The renderers and helpers of its group, if one outlived it.
    kill(this.browser);
    await closed;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

/** The browser leads a process group: everything it started ends with it. */
function kill(browser: Browser | undefined): void {
  const pid = browser?.process()?.pid;
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
