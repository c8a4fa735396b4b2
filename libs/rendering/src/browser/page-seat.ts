import type { Browser } from 'puppeteer';
import { PrintPage } from '../print/print-page.ts';

/** What a page is for: print runs, or calls for which somebody waits. */
export type PageKind = 'print' | 'call';

/** A place for one page of a browser. The page is opened when it is first needed, and another one after it broke. */
export class PageSeat {
  private page: PrintPage | undefined;
  private crash: Promise<never> | undefined;
  private readonly browser: Browser;
  readonly kind: PageKind;

  constructor(browser: Browser, kind: PageKind) {
    this.browser = browser;
    this.kind = kind;
  }

  /** The key of the plan that stands ready here. */
  get ready(): string | undefined {
    return this.page?.ready;
  }

  async open(): Promise<PrintPage> {
    if (this.page !== undefined) return this.page;
    const crash = Promise.withResolvers<never>();
    const page = await PrintPage.open(this.browser, crash.reject);
    // Also while nobody uses it: who does so next gets another one.
    crash.promise.catch(() => this.page === page && this.discard());
    this.crash = crash.promise;
    return (this.page = page);
  }

  /** Lets `work` have the page. Throws also when the page's process has ended: the page itself would never answer. */
  async use<T>(work: (page: PrintPage) => Promise<T>): Promise<T> {
    const page = await this.open();
    const working = work(page);
    working.catch(() => undefined);
    return await Promise.race(this.crash === undefined ? [working] : [this.crash, working]);
  }

  /** Ends the page, in which a failure may have left half of something; the next use opens another. */
  discard(): void {
    const page = this.page;
    this.page = undefined;
    // Where the browser ended too, there is nothing left to close.
    page?.close().catch(() => undefined);
  }
}
