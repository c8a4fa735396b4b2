import { type Browser, type CDPSession, type Page } from 'puppeteer';
import { fontStack } from '../fonts/font-stack.ts';
import { comparePictures, type Difference } from '../layers/compare-pictures.ts';
import { coverTexts } from '../layers/cover-texts.ts';
import { makeLayers } from '../layers/make-layers.ts';
import { measureParts } from '../layers/measure-parts.ts';
import { measureStanding } from '../layers/measure-standing.ts';
import type { Split } from '../layers/split.ts';
import { splitHtml } from '../layers/split-html.ts';
import { splitSvg } from '../layers/split-svg.ts';
import { spreadPages } from '../layers/spread-pages.ts';
import { type StackedCode, stackLayers } from '../layers/stack-layers.ts';
import { tallWords } from '../layers/tall-words.ts';
import { bindSlots } from '../page/bind-slots.ts';
import { checkPages } from '../page/check-pages.ts';
import { fillPages } from '../page/fill-pages.ts';
import { fitBoxes } from '../page/fit-boxes.ts';
import { fitTexts } from '../page/fit-texts.ts';
import { makeOwn } from '../page/make-own.ts';
import { putMoving } from '../page/put-moving.ts';
import { type SharedParts, sharePages } from '../page/share-pages.ts';
import { showAwardParts } from '../page/show-award-parts.ts';
import { type MovingPage, takeMoving } from '../page/take-moving.ts';
import { layOutPages, type StandingPages } from '../page/lay-out-pages.ts';
import { loadTemplate, type LoadedTemplate } from '../page/load-template.ts';
import type { Layer, PageRecord, Standing } from '../page/page-state.ts';
import type { SlotPart } from '../slots/slot-part.ts';
import type { PlanLayers, RenderPlan, TemplateContent } from './render-plan.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
const EMPTY = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><style>${fontStack.faces}</style></head><body></body></html>`;
const families = { ...fontStack, han: fontStack.han.zh };

/** What a page can print: a plan, or one that is being made. */
export type Printable = TemplateContent &
  Pick<RenderPlan, 'texts' | 'pairs'> & { readonly layers?: Omit<PlanLayers, 'background'> };

/** One page of the browser, which keeps the template that it printed last. Scripts are off in it; what runs is what we send. */
export class PrintPage {
  private loaded: string | undefined;
  private hasLayers = false;
  /** Whether all of the template is there, or only its moving layer. */
  private isWhole = false;
  /** The parts without which the layer of what is each page's own was made. */
  private shared = '';

  private constructor(
    readonly page: Page,
    readonly session: CDPSession,
  ) {}

  /** `onCrash` is called when the process of the page has ended; calls to the page may then stay without an answer. */
  static async open(browser: Browser, onCrash: (error: Error) => void = () => undefined): Promise<PrintPage> {
    const page = await browser.newPage();
    page.once('error', onCrash);
    const session = await page.createCDPSession();
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.setOfflineMode(true);
    await session.send('Emulation.setEmulatedMedia', { media: 'print' });
    await page.setContent(EMPTY, { waitUntil: 'load' });
    const kept = Object.entries({ fillPages, fitTexts, fitBoxes, checkPages, sharePages });
    await page.evaluate(
      `void (globalThis.laurelPrograms = {${kept.map(([name, program]) => `${name}:${String(program)}`).join()}})`,
    );
    return new PrintPage(page, session);
  }

  /** The programs that run in the page: what a plan depends on. */
  static readonly programs = [
    loadTemplate,
    bindSlots,
    fillPages,
    fitTexts,
    fitBoxes,
    checkPages,
    layOutPages,
    measureParts,
    splitSvg,
    splitHtml,
    makeLayers,
    measureStanding,
    takeMoving,
    putMoving,
    makeOwn,
    sharePages,
    showAwardParts,
  ];

  /** The key of the plan that stands ready in it. */
  get ready(): string | undefined {
    return this.loaded;
  }

  /** The browser's name and version. */
  version(): Promise<string> {
    return this.page.browser().version();
  }

  /** Has the template loaded again before the next run. */
  forget(): void {
    this.loaded = undefined;
  }

  /** Ends the page and all that it holds. */
  close(): Promise<void> {
    return this.page.close();
  }

  /** Puts a template into the page, parses its texts by `parse`, and gives what a plan has to know of it. */
  async load(
    template: TemplateContent,
    parse: (text: string) => readonly SlotPart[],
  ): Promise<LoadedTemplate & { slots: string[]; lists: string[]; parsed: [string, readonly SlotPart[]][] }> {
    this.loaded = undefined;
    this.hasLayers = false;
    this.isWhole = true;
    const loaded = await this.page.evaluate(loadTemplate, template.source, template.mediaType);
    const parsed = loaded.texts.map((text): [string, SlotPart[]] => [text, [...parse(text)]]);
    const bound = await this.page.evaluate(bindSlots, parsed, families, { ...template.images });
    this.loaded = template.key;
    return { ...loaded, ...bound, parsed };
  }

  /** Splits a template. */
  async split(plan: Printable): Promise<Split> {
    await this.reload(plan);
    this.hasLayers = false;
    if (plan.mediaType === 'text/html') return this.page.evaluate(splitHtml);
    await this.page.evaluate(measureParts, tallWords);
    return this.page.evaluate(splitSvg);
  }

  private async reload(plan: Printable, layer?: Layer): Promise<void> {
    const isEnough = this.isWhole || layer === 'moving' || layer === 'own';
    if (this.loaded === plan.key && isEnough) return;
    const moving = layer === 'moving' || layer === 'own' ? plan.layers?.page : undefined;
    if (moving !== undefined) return this.put(plan.key, moving);
    const texts = new Map(plan.texts);
    await this.load(plan, (text) => texts.get(text) ?? [text]);
  }

  /** Puts only the moving layer of a template into the page. */
  async put(key: string, moving: MovingPage): Promise<void> {
    this.loaded = undefined;
    await this.page.evaluate(putMoving, moving);
    this.isWhole = false;
    this.hasLayers = true;
    this.shared = '';
    this.loaded = key;
  }

  /** The moving layer of the template that stands here in layers: for `put`. */
  take(): Promise<MovingPage> {
    return this.page.evaluate(takeMoving);
  }

  /** Fills and fits a page for each record, of what is its own without what is `shared`; those that do not fit, or whose layers would not meet, stand there no more. */
  async fill(
    plan: Printable,
    records: readonly PageRecord[],
    images: readonly string[],
    layer: Layer,
    isMarked = true,
    shared?: Pick<SharedParts, 'parts' | 'places'>,
  ): Promise<StandingPages> {
    await this.reload(plan, layer);
    const isSvg = plan.mediaType === 'image/svg+xml';
    if (layer !== 'whole' && !this.hasLayers) {
      const { moving = [], qr } = plan.layers ?? {};
      await this.page.evaluate(makeLayers, moving, qr !== undefined, isSvg);
      this.hasLayers = true;
      this.shared = '';
    }
    if (layer === 'own' && this.shared !== shared?.parts.join()) {
      await this.page.evaluate(makeOwn, shared?.parts ?? []);
      this.shared = shared?.parts.join() ?? '';
    }
    const { standing, obstacles = [] } = (layer === 'moving' || layer === 'own' ? plan.layers : undefined) ?? {};
    return this.page.evaluate(layOutPages, {
      ...{ records, images, han: fontStack.han, layer, isMarked, isSvg, pairs: plan.pairs, standing, obstacles },
      places: layer === 'own' ? (shared?.places ?? []) : [],
    });
  }

  /** What the pages of the moving layer that stand there have in common, if all records are the same in `slots`: the parts, and a PDF of one page with nothing else. */
  async share(slots: readonly string[]): Promise<{ shared: SharedParts; pdf: Buffer } | undefined> {
    const { shared } = await this.page.evaluate(sharePages, slots, []);
    if (shared === undefined) return undefined;
    await this.page.evaluate(showAwardParts, shared.model, shared.parts);
    const pdf = await this.toPdf('1');
    await this.page.evaluate(showAwardParts, shared.model, shared.parts);
    return { shared, pdf };
  }

  /** One PDF with all pages that stand there, or with those of `pageRanges`. */
  async toPdf(pageRanges = ''): Promise<Buffer> {
    const { data } = await this.session.send('Page.printToPDF', {
      pageRanges,
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: false,
      generateDocumentOutline: false,
      marginTop: 0,
      marginBottom: 0,
      marginLeft: 0,
      marginRight: 0,
    });
    return Buffer.from(data, 'base64');
  }

  /** A picture of all that stands there, as PNG in base64. */
  async toPicture(scale: number): Promise<string> {
    const { width, height } = await this.page.evaluate(spreadPages);
    const { data } = await this.session.send('Page.captureScreenshot', {
      format: 'png',
      optimizeForSpeed: true,
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width, height, scale },
    });
    return data;
  }

  /** Where the boxes of the moving layer stand. */
  standing(): Promise<Standing> {
    return this.page.evaluate(measureStanding);
  }

  cover(record: number): Promise<void> {
    return this.page.evaluate(coverTexts, record);
  }

  hideCodes(): Promise<void> {
    return this.page.evaluate(() => {
      for (const code of document.querySelectorAll<SVGElement>('[data-laurel-slot-name="qr"]'))
        code.style.visibility = 'hidden';
    });
  }

  stack(codes: readonly StackedCode[] | undefined): Promise<void> {
    return this.page.evaluate(stackLayers, codes);
  }

  /** Compares two pictures of toPicture: see comparePictures. */
  async compare(
    one: string,
    other: string,
    slack: number,
    pages: number,
    edges: readonly [number, number, number, number],
  ): Promise<Difference> {
    if (one === other) return { pixels: 0, most: 0, at: [0, 0], height: 1 };
    const address = (data: string) => `data:image/png;base64,${data}`;
    return await this.page.evaluate(comparePictures, address(one), address(other), slack, pages, edges);
  }
}
