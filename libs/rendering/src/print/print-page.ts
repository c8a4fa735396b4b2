import { type Browser, type CDPSession, type Page } from 'puppeteer';
import { fontStack } from '../fonts/font-stack.ts';
import { bindSlots } from '../page/bind-slots.ts';
import { fillPages } from '../page/fill-pages.ts';
import { fitPages } from '../page/fit-pages.ts';
import { loadTemplate, type LoadedTemplate } from '../page/load-template.ts';
import type { Misfit, PageRecord } from '../page/page-state.ts';
import type { SlotPart } from '../slots/slot-part.ts';
import type { RenderPlan } from './render-plan.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
const EMPTY = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"></head><body></body></html>`;
const families = { ...fontStack, han: fontStack.han.zh };

/** One page of the browser, which keeps the template that it printed last. Scripts are off in it; what runs is what we send. */
export class PrintPage {
  private loaded: string | undefined;
  private readonly page: Page;
  private readonly session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
  }

  static async open(browser: Browser): Promise<PrintPage> {
    const page = await browser.newPage();
    const session = await page.createCDPSession();
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.setOfflineMode(true);
    await session.send('Emulation.setEmulatedMedia', { media: 'print' });
    await page.setContent(EMPTY, { waitUntil: 'load' });
    return new PrintPage(page, session);
  }

  /** The key of the plan that stands ready in it. */
  get ready(): string | undefined {
    return this.loaded;
  }

  /** Has the template loaded again before the next run. */
  forget(): void {
    this.loaded = undefined;
  }

  /** Puts a template into the page, parses its texts by `parse`, and gives what a plan has to know of it. */
  async load(
    template: Pick<RenderPlan, 'key' | 'mediaType' | 'source' | 'images'>,
    parse: (text: string) => readonly SlotPart[],
  ): Promise<LoadedTemplate & { slots: string[]; parsed: [string, readonly SlotPart[]][] }> {
    this.loaded = undefined;
    const loaded = await this.page.evaluate(loadTemplate, template.source, template.mediaType);
    const parsed = loaded.texts.map((text): [string, SlotPart[]] => [text, [...parse(text)]]);
    const slots = await this.page.evaluate(bindSlots, parsed, families, { ...template.images });
    this.loaded = template.key;
    return { ...loaded, slots, parsed };
  }

  /** Fills a page for each record and fits them; those that do not fit are named and not printed. Gives one PDF with a page for each other record. */
  async print(
    plan: RenderPlan,
    records: readonly PageRecord[],
    images: readonly string[],
  ): Promise<{ pdf: Buffer | undefined; misfits: Misfit[] }> {
    if (this.loaded !== plan.key) {
      const texts = new Map(plan.texts);
      await this.load(plan, (text) => texts.get(text) ?? [text]);
    }
    await this.page.evaluate(fillPages, records, images, fontStack.han);
    const misfits = await this.page.evaluate(fitPages);
    if (new Set(misfits.map(({ record }) => record)).size === records.length) return { pdf: undefined, misfits };
    const { data } = await this.session.send('Page.printToPDF', {
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: false,
      generateDocumentOutline: false,
      marginTop: 0,
      marginBottom: 0,
      marginLeft: 0,
      marginRight: 0,
    });
    return { pdf: Buffer.from(data, 'base64'), misfits };
  }
}
