import type { PrintPage } from '../print/print-page.ts';
import type { RendererOptions } from './browser-options.ts';
import { BrowserUnavailable } from './browser-unavailable.ts';
import type { PageKind, PageSeat } from './page-seat.ts';
import { PrintBrowser } from './print-browser.ts';
import { PrintOvergrown } from './print-overgrown.ts';
import { PrintTimeout } from './print-timeout.ts';
import { sweepBrowsers } from './sweep-browsers.ts';

/** It grows by some 8 MB per thousand certificates, and another one costs as much CPU as 250 of them. */
const RECYCLE_AFTER = 10_000;
const RECYCLE_ABOVE = 450 * 2 ** 20;
const END_ABOVE = 900 * 2 ** 20;
const TIMEOUT_MS = 10_000;
/** A run takes some 50 ms: one that takes longer is looked at, and nearly all cost no look. */
const LOOK_MS = 250;
/** It grows by some megabytes in so many runs. */
const WEIGH_EVERY = 16;

interface Turn {
  readonly browser: PrintBrowser;
  readonly seat: PageSeat;
}

interface Waiting {
  readonly key: string;
  readonly kind: PageKind;
  readonly take: (turn: Turn) => void;
  readonly fail: (error: Error) => void;
}

/** The browser that prints now, the one that follows it, and who waits for a page. */
export class BrowserPool {
  private readonly options: RendererOptions;
  private readonly waiting: Waiting[] = [];
  private readonly busy = new Set<PageSeat>();
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
    sweepBrowsers(options.log);
    return new BrowserPool(options, await PrintBrowser.start(options));
  }

  get healthy(): boolean {
    return !this.isClosed && this.broken === undefined && this.current.alive;
  }

  /**
   * Lets `work` have a page, rather one that has the plan of this key loaded, for the time of one print run at most: then the browser is ended and PrintTimeout
   * thrown; PrintOvergrown where it took too much memory. Print runs (`print`, the usual) and calls (`call`) have pages of their own and never wait for each
   * other. `certificates` counts towards the browser's replacement; what is as much as several runs has so many times `patience`, and what leaves much memory behind is the page's `last`.
   */
  async use<T>(
    key: string,
    work: (page: PrintPage) => Promise<T>,
    {
      certificates = 0,
      page: kind = 'print',
      patience = 1,
      last = false,
    }: { certificates?: number; page?: PageKind; patience?: number; last?: boolean } = {},
  ): Promise<T> {
    const { browser, seat } = await this.take(key, kind);
    const limit = (this.options.printTimeoutMs ?? TIMEOUT_MS) * patience;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new PrintTimeout(limit));
      this.options.log.warn({ pid: browser.pid, limit }, 'a print run took too long: its browser is ended');
      this.retire(browser, true);
    }, limit);
    const looking = setInterval(() => this.trim(browser), LOOK_MS);
    try {
      return await Promise.race([seat.use(work), late.promise]);
    } catch (error) {
      seat.discard();
      const how = browser.overgrown;
      if (how === undefined || !/closed|crash|disconnected|detached/i.test(String(error))) throw error;
      browser.overgrown = undefined;
      throw new PrintOvergrown(how);
    } finally {
      clearTimeout(timer);
      clearInterval(looking);
      browser.printed += certificates;
      browser.runs += 1;
      if (last) seat.discard();
      this.busy.delete(seat);
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

  private take(key: string, kind: PageKind): Promise<Turn> {
    if (this.isClosed) return Promise.reject(new BrowserUnavailable('The renderer is closed: print before close().'));
    const taken = new Promise<Turn>((take, fail) => this.waiting.push({ key, kind, take, fail }));
    this.give();
    return taken;
  }

  private give(): void {
    this.look();
    if (!this.current.alive) return;
    for (const kind of ['call', 'print'] as const) {
      for (;;) {
        const free = this.current.seats.filter((seat) => seat.kind === kind && !this.busy.has(seat));
        const next = this.waiting.findIndex((each) => each.kind === kind);
        if (free.length === 0 || next === -1) break;
        const [{ key, take }] = this.waiting.splice(next, 1) as [Waiting];
        const seat =
          free.find(({ ready }) => ready === key) ?? free.find(({ ready }) => ready === undefined) ?? free[0];
        if (seat === undefined) break;
        this.busy.add(seat);
        take({ browser: this.current, seat });
      }
    }
  }

  /** Sees to it that there is a browser, and that a worn one is followed by another. */
  private look(): void {
    if (this.replacing !== undefined || this.isClosed) return;
    const worn = this.current.alive ? this.worn(this.current) : undefined;
    if (this.current.alive && worn === undefined) return;
    if (!this.current.alive && this.broken !== undefined && this.waiting.length === 0) return;
    this.replacing = this.replace(worn).finally(() => {
      this.replacing = undefined;
      this.give();
    });
  }

  /** Why the browser has to be replaced, though it prints. */
  private worn(browser: PrintBrowser): string | undefined {
    if (browser.printed >= (this.options.recycleAfter ?? RECYCLE_AFTER)) return `${browser.printed} certificates`;
    if (browser.runs < WEIGH_EVERY) return undefined;
    browser.runs = 0;
    const bytes = browser.bytes;
    return bytes > (this.options.recycleAboveBytes ?? RECYCLE_ABOVE) ? `${Math.round(bytes / 2 ** 20)} MiB` : undefined;
  }

  private async replace(worn: string | undefined): Promise<void> {
    const old = this.current;
    try {
      this.current = await PrintBrowser.start(this.options);
      this.broken = undefined;
      this.options.log.info({ pid: this.current.pid, after: old.printed, worn }, 'the browser was replaced');
    } catch (error) {
      this.options.log.warn({ err: error }, 'the browser could not be replaced');
      // A worn browser prints on, also for those who wait for a page of it.
      old.printed = 0;
      if (old.alive) return;
      this.broken = new BrowserUnavailable((error as Error).message, { cause: error });
      for (const { fail } of this.waiting.splice(0)) fail(this.broken);
      return;
    }
    this.retire(old, !old.alive);
  }

  private trim(browser: PrintBrowser): void {
    // A slow run is one that may have made it grow.
    browser.runs = WEIGH_EVERY;
    const taken = browser.trim(this.options.endAboveBytes ?? END_ABOVE);
    if (taken !== undefined)
      this.options.log.warn({ pid: browser.pid, taken }, 'a page took too much memory: it is ended');
  }

  private isBusy(browser: PrintBrowser): boolean {
    return browser.seats.some((seat) => this.busy.has(seat));
  }

  /** Ends a browser: at once, or as soon as its pages have printed what they print. */
  private retire(browser: PrintBrowser, force: boolean): void {
    const ending = (async () => {
      while (!force && browser.alive && this.isBusy(browser))
        await new Promise<void>((resolve) => this.idle.push(resolve));
      await browser.close(force);
    })();
    this.ending.add(ending);
    ending
      .catch((error: unknown) => this.options.log.warn({ err: error }, 'a browser did not end well'))
      .finally(() => this.ending.delete(ending));
  }
}
