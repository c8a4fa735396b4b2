import { createHash } from 'node:crypto';
import type { PageRecord } from '../page/page-state.ts';
import { splitPdf } from '../pdf/split-pdf.ts';
import { qrDrawing } from '../qr/qr-drawing.ts';
import { parseSlots } from '../slots/parse-slots.ts';
import { checkTemplate } from '../template/check-template.ts';
import { TemplateRefused } from '../template/template-refused.ts';
import { TemplateUnprintable } from '../template/template-unprintable.ts';
import type { SlotImage, TemplateSource } from '../template/template-source.ts';
import { BrowserUnavailable } from './browser-unavailable.ts';
import { BrowserPool } from './browser-pool.ts';
import type { RendererOptions } from './browser-options.ts';
import { PrintFailed, type PrintFailure } from './print-failed.ts';
import type { PrintPage } from './print-page.ts';
import type { PrintRecord } from './print-record.ts';
import type { RenderPlan } from './render-plan.ts';

type Failure = Omit<PrintFailure, 'index'>;
type Result = { pdf: Buffer } | { failure: Failure };

/** A page that every browser prints that prints at all. */
const control = {
  key: 'control',
  mediaType: 'image/svg+xml' as const,
  source:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"><text x="99" y="99">{{recipient.name}}</text></svg>',
  images: {},
};

/**
 * Prints certificates: many in one print run of a browser, then cut into one PDF each. A call of `print` is one run; 25 to 50 records are best. Calls may
 * run at the same time, two print at once. A browser that crashes or hangs is replaced and the run repeated; a record that breaks its run is
 * found by halving.
 */
export class Renderer {
  private readonly pool: BrowserPool;

  private constructor(pool: BrowserPool) {
    this.pool = pool;
  }

  /** Starts the browser. Throws, naming the fix, where it does not start. */
  static async start(options: RendererOptions): Promise<Renderer> {
    return new Renderer(await BrowserPool.start(options));
  }

  /** Whether the next print run finds a browser. It is false for the moments in which a crashed one is replaced. */
  get healthy(): boolean {
    return this.pool.healthy;
  }

  /** Loads a template once to learn its slots and its size. The plan may be kept and used for ever, in other Renderers too. Throws TemplateRefused for what could do harm, TemplateUnprintable for what a sound browser does not load, and BrowserUnavailable. */
  async compile(template: TemplateSource): Promise<RenderPlan> {
    const refusal = TemplateRefused.of(checkTemplate(template));
    if (refusal !== undefined) throw refusal;
    const images = Object.fromEntries(
      Object.entries(template.images ?? {}).map(([slot, image]) => [slot, dataAddress(image)]),
    );
    const key = createHash('sha256')
      .update(JSON.stringify([template.mediaType, template.source, images]))
      .digest('hex');
    const content = { key, mediaType: template.mediaType, source: template.source, images };
    const { slots, parsed, width, height } = await this.load(content);
    return { ...content, texts: parsed, slots, size: { width, height } };
  }

  /** One PDF for each record, in the same order. Throws PrintFailed if there is a record that cannot be printed; it holds the documents of the others; throws BrowserUnavailable where no browser starts, which blames no record. */
  async print(plan: RenderPlan, records: readonly PrintRecord[]): Promise<Buffer[]> {
    const results = await this.run(plan, records, true);
    const printed = results.map((result) => ('pdf' in result ? result.pdf : undefined));
    const failures = results.flatMap((result, index) => ('failure' in result ? [{ index, ...result.failure }] : []));
    if (failures.length > 0) throw new PrintFailed(failures, printed);
    return printed.filter((pdf) => pdf !== undefined);
  }

  /** Ends the browser, after the runs that print now. */
  close(): Promise<void> {
    return this.pool.close();
  }

  private async load(content: Parameters<PrintPage['load']>[0]): ReturnType<PrintPage['load']> {
    const attempt = () => this.pool.use(content.key, (page) => page.load(content, parseSlots));
    try {
      // A crash may have been the neighbour's.
      return await attempt().catch((error: unknown) => {
        if (error instanceof BrowserUnavailable) throw error;
        return attempt();
      });
    } catch (error) {
      if (error instanceof BrowserUnavailable) throw error;
      const { reason, message } = failureOf(error);
      await this.proveBrowser(message);
      throw new TemplateUnprintable(reason, message, { cause: error });
    }
  }

  private async run(plan: RenderPlan, records: readonly PrintRecord[], isFirst: boolean): Promise<Result[]> {
    if (records.length === 0) return [];
    const attempt = await this.attempt(plan, records);
    if (Array.isArray(attempt)) return attempt;
    const isAlone = records.length === 1;
    // A crash may have been the neighbour's: the whole run once more, and only then in parts.
    if (isAlone || (isFirst && attempt.reason !== 'refused')) {
      const again = await this.attempt(plan, records);
      if (Array.isArray(again)) return again;
      if (isAlone) {
        await this.proveBrowser(again.message);
        return [{ failure: again }];
      }
    }
    const middle = Math.ceil(records.length / 2);
    const first = await this.run(plan, records.slice(0, middle), false);
    return [...first, ...(await this.run(plan, records.slice(middle), false))];
  }

  /** Nobody is blamed by a browser that prints nothing at all. Throws BrowserUnavailable where it does not print a page of ours. */
  private async proveBrowser(failure: string): Promise<void> {
    try {
      await this.pool.use(control.key, async (page) => {
        const { parsed } = await page.load(control, parseSlots);
        const plan = { ...control, texts: parsed, slots: [], size: { width: '297mm', height: '210mm' } };
        const record = {
          values: { 'recipient.name': 'Control' },
          images: {},
          qr: { size: 0, path: '' },
          language: 'en',
        };
        if ((await page.print(plan, [record], [])).pdf === undefined) throw new Error('It printed nothing.');
      });
    } catch (cause) {
      if (cause instanceof BrowserUnavailable) throw cause;
      throw new BrowserUnavailable(
        `The browser does not even print a page of our own (${failure}): see whether the machine has memory and time for it.`,
        { cause },
      );
    }
  }

  private async attempt(plan: RenderPlan, records: readonly PrintRecord[]): Promise<Result[] | Failure> {
    try {
      const { pages, images } = toPages(records);
      const { pdf, misfits } = await this.pool.use(
        plan.key,
        (page: PrintPage) => page.print(plan, pages, images),
        records.length,
      );
      const unfit = new Map(misfits.map((misfit) => [misfit.record, misfit]));
      const labels = records.filter((_, index) => !unfit.has(index));
      const documents =
        pdf === undefined
          ? []
          : splitPdf(
              pdf,
              labels.map(({ title, language }) => ({ title, language: language ?? 'en' })),
            );
      return records.map((_, index): Result => {
        const misfit = unfit.get(index);
        if (misfit !== undefined) return { failure: { reason: 'does-not-fit', message: misfitMessage(misfit) } };
        const pdf = documents.shift();
        if (pdf === undefined) throw new Error('A document is missing after the split.');
        return { pdf };
      });
    } catch (error) {
      if (error instanceof BrowserUnavailable) throw error;
      return failureOf(error);
    }
  }
}

function misfitMessage({ slot, width, allowed }: { slot: string; width: number; allowed: number }): string {
  return `The text of ${slot} is ${width} wide and its place is ${allowed}, even at the smallest size and on all lines it may take. Shorten it, or give the template more room there (data-fit-width, data-wrap).`;
}

function failureOf(error: unknown): Failure & { reason: TemplateUnprintable['reason'] } {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'PrintTimeout') return { reason: 'timeout', message: said };
  if (
    /Target closed|Session closed|Connection closed|detached|Page crashed|Protocol error.*(closed|crash)|browser has disconnected/i.test(
      said,
    )
  )
    return {
      reason: 'crashed',
      message: `The browser ended while it printed (${said}). Look at the template and the values of this record.`,
    };
  return { reason: 'refused', message: said };
}

/** What of the records goes into the page; a picture that many records share goes once. */
function toPages(records: readonly PrintRecord[]): { pages: PageRecord[]; images: string[] } {
  const places = new Map<SlotImage, number>();
  const images: string[] = [];
  const pages = records.map(({ values, images: pictures, qr, language }) => ({
    values: {
      // The address for those who cannot scan, without what every browser adds by itself.
      'verify.url': printable(qr.replace(/^https?:\/\//, '')),
      ...Object.fromEntries(Object.entries(values).map(([slot, value]) => [slot, printable(value)])),
    },
    images: Object.fromEntries(
      Object.entries(pictures ?? {}).map(([slot, image]) => {
        const known = places.get(image);
        if (known !== undefined) return [slot, known];
        places.set(image, images.length);
        return [slot, images.push(dataAddress(image)) - 1];
      }),
    ),
    qr: qrDrawing(qr),
    language: language ?? 'en',
  }));
  return { pages, images };
}

// eslint-disable-next-line no-control-regex -- control characters are what it is about
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** A line break in a value is a space on paper; other control characters have no picture at all. */
function printable(value: string): string {
  return value.toWellFormed().replace(CONTROLS, ' ');
}

function dataAddress({ mediaType, bytes }: SlotImage): string {
  if (mediaType !== 'image/png' && mediaType !== 'image/jpeg')
    throw new Error(`A picture of ${mediaType} cannot be printed. Give it as image/png or image/jpeg.`);
  return `data:${mediaType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`;
}
