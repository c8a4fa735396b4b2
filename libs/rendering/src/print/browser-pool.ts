import type { RendererOptions } from './browser-options.ts';
import { BrowserUnavailable } from './browser-unavailable.ts';
import { PrintBrowser } from './print-browser.ts';
import type { PrintPage } from './print-page.ts';
import { PrintTimeout } from './print-timeout.ts';

const RECYCLE_AFTER = 2000;
const TIMEOUT_MS = 10_000;

interface Seat {
  readonly browser: PrintBrowser;
  readonly page: PrintPage;
}

/** The browser that prints now, the one that follows it, and who waits for a page. */
export class BrowserPool {
  private readonly options: RendererOptions;
  private readonly waiting: { key: string; take: (seat: Seat) => void; fail: (error: Error) => void }[] = [];
  private readonly busy = new Set<PrintPage>();
  private readonly ending = new Set<Promise<void>>();
  private current: PrintBrowser;
  private replacing: Promise<void> | undefined;
  private broken: BrowserUnavailable | undefined;
  private idle: (() => void)[] = [];
  private isClosed = false;

  private constructor(options: RendererOptions, first: PrintBrowser) {
    this.options = options;
    this.current = first;
  }

  static async start(options: RendererOptions): Promise<BrowserPool> {
    return new BrowserPool(options, await PrintBrowser.start(options));
  }

  get healthy(): boolean {
    return !this.isClosed && this.broken === undefined && this.current.alive;
  }

  /**
   * Lets `work` have a page, rather one that has the plan of this key loaded, for the time of one print run at most: then the browser is ended and PrintTimeout
   * thrown. `certificates` counts towards the browser's replacement.
   */
  async use<T>(key: string, work: (page: PrintPage) => Promise<T>, certificates = 0): Promise<T> {
    const { browser, page } = await this.take(key);
    const limit = this.options.printTimeoutMs ?? TIMEOUT_MS;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new PrintTimeout(limit));
      this.options.log.warn({ pid: browser.pid, limit }, 'a print run took too long: its browser is ended');
      this.retire(browser, true);
    }, limit);
    const working = work(page);
    try {
      return await Promise.race([working, late.promise]);
    } catch (error) {
      // The page may hold half of something.
      page.forget();
      throw error;
    } finally {
      clearTimeout(timer);
      working.catch(() => undefined);
      browser.printed += certificates;
      this.busy.delete(page);
      for (const look of this.idle.splice(0)) look();
      this.give();
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const { fail } of this.waiting.splice(0))
      fail(new BrowserUnavailable('The renderer is closed: print before close().'));
    await this.replacing;
    this.retire(this.current, !this.current.alive);
    await Promise.all(this.ending);
  }

  private take(key: string): Promise<Seat> {
    if (this.isClosed) return Promise.reject(new BrowserUnavailable('The renderer is closed: print before close().'));
    const taken = new Promise<Seat>((take, fail) => this.waiting.push({ key, take, fail }));
    this.give();
    return taken;
  }

  private give(): void {
    this.look();
    if (!this.current.alive) return;
    for (;;) {
      const free = this.current.pages.filter((page) => !this.busy.has(page));
      const next = this.waiting[0];
      if (free.length === 0 || next === undefined) return;
      this.waiting.shift();
      const page =
        free.find(({ ready }) => ready === next.key) ?? free.find(({ ready }) => ready === undefined) ?? free[0];
      if (page === undefined) return;
      this.busy.add(page);
      next.take({ browser: this.current, page });
    }
  }

  /** Sees to it that there is a browser, and that a worn one is followed by another. */
  private look(): void {
    if (this.replacing !== undefined || this.isClosed) return;
    const isWorn = this.current.printed >= (this.options.recycleAfter ?? RECYCLE_AFTER);
    if (this.current.alive && !isWorn) return;
    if (!this.current.alive && this.broken !== undefined && this.waiting.length === 0) return;
    this.replacing = this.replace(isWorn).finally(() => {
      this.replacing = undefined;
      this.give();
    });
  }

  private async replace(isWorn: boolean): Promise<void> {
    const old = this.current;
    try {
      this.current = await PrintBrowser.start(this.options);
      this.broken = undefined;
      this.options.log.info({ pid: this.current.pid, after: old.printed, isWorn }, 'the browser was replaced');
    } catch (error) {
      this.broken = new BrowserUnavailable((error as Error).message, { cause: error });
      this.options.log.warn({ err: error }, 'the browser could not be replaced');
      for (const { fail } of this.waiting.splice(0)) fail(this.broken);
      // A worn browser prints on.
      old.printed = 0;
      return;
    }
    this.retire(old, !old.alive);
  }

  private busyPages(browser: PrintBrowser): number {
    return browser.pages.filter((page) => this.busy.has(page)).length;
  }

  /** Ends a browser: at once, or as soon as its pages have printed what they print. */
  private retire(browser: PrintBrowser, force: boolean): void {
    const ending = (async () => {
      while (!force && browser.alive && this.busyPages(browser) > 0)
        await new Promise<void>((resolve) => this.idle.push(resolve));
      await browser.close(force);
    })();
    this.ending.add(ending);
    ending
      .catch((error: unknown) => this.options.log.warn({ err: error }, 'a browser did not end well'))
      .finally(() => this.ending.delete(ending));
  }
}
