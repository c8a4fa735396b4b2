import { setImmediate } from 'node:timers/promises';
import { BrowserPool } from '../browser/browser-pool.ts';
import type { RendererOptions } from '../browser/browser-options.ts';
import { BrowserUnavailable } from '../browser/browser-unavailable.ts';
import type { PageKind } from '../browser/page-seat.ts';
import { compileLayers } from '../layers/compile-layers.ts';
import { inspectTemplate } from '../inspection/inspect-template.ts';
import type { TemplateInspection } from '../inspection/template-inspection.ts';
import type { Misfit } from '../page/page-state.ts';
import type { PdfDocument } from '../pdf/pdf-document.ts';
import { PdfUnknown } from '../pdf/pdf-unknown.ts';
import { writeDocuments } from '../pdf/write-documents.ts';
import { engineVersion } from '../plan/engine-version.ts';
import { PlanUnknown } from '../plan/plan-unknown.ts';
import { templateContent } from '../plan/template-content.ts';
import { drawPicture, type PictureOptions } from '../picture/draw-picture.ts';
import { parseSlots } from '../slots/parse-slots.ts';
import { checkTemplate } from '../template/check-template.ts';
import { TemplateRefused } from '../template/template-refused.ts';
import type { TemplateSource } from '../template/template-source.ts';
import { TemplateUnprintable } from '../template/template-unprintable.ts';
import { controlTemplate } from './control-template.ts';
import { failureOf } from './failure-of.ts';
import { labelsOf } from './labels-of.ts';
import { misfitFailure } from './misfit-failure.ts';
import { missingLetters } from './missing-letters.ts';
import { PrintFailed, type PrintFailure } from './print-failed.ts';
import { PrintPage } from './print-page.ts';
import type { PrintRecord } from './print-record.ts';
import { type PrintedPart, printRun } from './print-run.ts';
import type { RenderPlan, TemplateContent } from './render-plan.ts';
import { AwardLayers } from './award-layers.ts';
import { type RunPages, toPages } from './to-pages.ts';

type Failure = Omit<PrintFailure, 'index'>;
/** So many documents are written without a break: some milliseconds. */
const TOGETHER = 5;
/** Of the time that a run may take. */
const SHORT = 0.2;

type Result = { pdf: PdfDocument } | { failure: Failure };

/**
 * Prints certificates: what changes of many in one print run of a browser, then cut into one PDF each and laid on what stays. A call of `print` is one run; 25 to 50
 * records are best. Calls may run at the same time, two print at once. A browser that crashes or hangs is replaced; a record that breaks its run is found.
 */
export class Renderer {
  private constructor(
    private readonly pool: BrowserPool,
    private readonly layers: AwardLayers,
    /** The version of all that a plan and a picture depend on: browser, fonts, and what runs in the page. */
    readonly engine: string,
  ) {}

  /** Starts the browser. Throws, naming the fix, where it does not start. */
  static async start(options: RendererOptions): Promise<Renderer> {
    const pool = await BrowserPool.start(options);
    try {
      const browser = await pool.use(controlTemplate.key, (page) => page.version());
      return new Renderer(pool, new AwardLayers(options.log), engineVersion(browser, PrintPage.programs));
    } catch (error) {
      await pool.close();
      throw error;
    }
  }

  /** Whether the next print run finds a browser. It is false for the moments in which a crashed one is replaced. */
  get healthy(): boolean {
    return this.pool.healthy;
  }

  /**
   * Loads a template once to learn its slots, its size, and how it falls into what stays and what changes: proven by probes, printed both ways. The plan may be kept and used for ever, in
   * other Renderers of the same engine too. Throws TemplateRefused for what could do harm, TemplateUnprintable for what a sound browser does not load, and BrowserUnavailable.
   */
  async compile(template: TemplateSource): Promise<RenderPlan> {
    refuseHarm(template);
    const content = templateContent(template);
    const loaded = await this.load(content, (page) => page.load(content, parseSlots));
    const { parsed: texts, slots, lists, width, height } = loaded;
    const plan = { ...content, texts, pairs: [] };
    const layers = await this.load(content, (page) => compileLayers(page, plan, slots, lists), {
      patience: 4,
      last: true,
    });
    return { ...plan, engine: this.engine, slots, size: { width, height }, ...layers };
  }

  /**
   * One PDF for each record, in the same order. Throws PrintFailed if there is a record that cannot be printed, which holds the documents of the others; PlanUnknown for a plan
   * of another engine; BrowserUnavailable where no browser starts, which blames no record.
   */
  async print(plan: RenderPlan, records: readonly PrintRecord[]): Promise<PdfDocument[]> {
    if (plan.engine !== this.engine)
      throw new PlanUnknown(`it was made by the engine ${plan.engine}, and this one is ${this.engine}`);
    const unwritable = missingLetters(plan, records);
    const printed = await this.run(
      plan,
      records.filter((_, index) => !unwritable.has(index)),
      true,
    );
    const results = printed.values();
    return documentsOf(
      records.map((_, index): Result => {
        const failure = unwritable.get(index);
        return failure === undefined ? (results.next().value as Result) : { failure };
      }),
    );
  }

  /**
   * The document of one record as `print` makes it, whole and without probes, on the page that is kept for calls: for a template that is being written. What it throws is what
   * compile and print throw.
   */
  async preview(template: TemplateSource, record: PrintRecord): Promise<Buffer> {
    refuseHarm(template);
    const content = templateContent(template);
    const run = toPages([record]);
    const plan = { ...content, engine: this.engine, slots: [], mode: 'whole' as const, whyWhole: [], pairs: [] };
    const size = { width: '', height: '' };
    const draw = async (isMarked: boolean) => {
      const printed = await this.load(
        content,
        async (page) => {
          const texts = page.ready === content.key ? [] : (await page.load(content, parseSlots)).parsed;
          return printRun(page, { ...plan, isMarked, size, texts }, run, this.layers);
        },
        { page: 'call' },
      );
      return documentsOf(await this.merge({ ...plan, isMarked, size, texts: [] }, [record], run, printed));
    };
    const [pdf] = await draw(true).catch((error: unknown) => {
      // No probe has shown whether its marks can be read.
      if (error instanceof PdfUnknown) return draw(false);
      throw error;
    });
    if (pdf === undefined) throw new Error('A preview is one document, and there is none.');
    return pdf.toBuffer();
  }

  /**
   * A picture of one certificate, laid out as `print` does it, with the record's attachment baked in (Open Badges 3.0, 5.3): a PNG, or of an SVG template an SVG
   * that needs nothing else. Throws PictureRefused for what there cannot be, and what print throws; plans of any engine will do.
   */
  async picture(plan: RenderPlan, record: PrintRecord, options: PictureOptions): Promise<Buffer> {
    const draw = drawPicture(plan, record, options);
    const attempt = () =>
      this.pool.use(plan.key, draw, { page: 'call' }).catch((error: unknown) => {
        if (error instanceof BrowserUnavailable) throw error;
        return failureOf(error);
      });
    const first = await attempt();
    // A crash may have been the neighbour's.
    const drawn = 'reason' in first ? await attempt() : first;
    if (Buffer.isBuffer(drawn)) return drawn;
    if ('reason' in drawn) await this.proveBrowser(drawn.message);
    throw new PrintFailed([{ index: 0, ...('reason' in drawn ? drawn : misfitFailure(drawn)) }], [undefined]);
  }

  /** What only a layout tells of a template, beside checkTemplate. Throws what compile throws. */
  async inspect(template: TemplateSource): Promise<TemplateInspection> {
    refuseHarm(template);
    const content = templateContent(template);
    return this.load(content, (page) => inspectTemplate(page, content), { page: 'call' });
  }

  /** Ends the browser, after the runs that print now. */
  close(): Promise<void> {
    return this.pool.close();
  }

  private async load<T>(
    content: TemplateContent,
    work: (page: PrintPage) => Promise<T>,
    how: { page?: PageKind; patience?: number; last?: boolean } = {},
  ): Promise<T> {
    const attempt = () => this.pool.use(content.key, work, how);
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

  private async run(
    plan: RenderPlan,
    records: readonly PrintRecord[],
    isFirst: boolean,
    patience = 1,
  ): Promise<Result[]> {
    if (records.length === 0) return [];
    const attempt = await this.attempt(plan, records, patience);
    if (Array.isArray(attempt)) return attempt;
    const isAlone = records.length === 1;
    // A crash may have been the neighbour's: the whole run once more, and only then in parts.
    if (isAlone || (isFirst && attempt.reason === 'crashed')) {
      const again = await this.attempt(plan, records, patience);
      if (Array.isArray(again)) return again;
      if (isAlone) {
        await this.proveBrowser(again.message);
        return [{ failure: again }];
      }
    }
    // Each part that hangs costs seconds, and each that does not some milliseconds: many small ones, and little patience with those in which a culprit would not be alone.
    const isLate = attempt.reason === 'timeout';
    const half = Math.ceil(records.length / 2);
    const size = !isLate ? half : patience < 1 ? 1 : Math.min(half, Math.ceil(Math.sqrt(records.length)));
    const results: Result[] = [];
    for (let at = 0; at < records.length; at += size)
      results.push(...(await this.run(plan, records.slice(at, at + size), false, isLate && size > 1 ? SHORT : 1)));
    return results;
  }

  /** Nobody is blamed by a browser that prints nothing at all. Throws BrowserUnavailable where it does not print a page of ours. */
  private async proveBrowser(failure: string): Promise<void> {
    try {
      await this.pool.use(controlTemplate.key, async (page) => {
        const { parsed } = await page.load(controlTemplate, parseSlots);
        const qr = { size: 0, path: '', says: '' };
        const record = { values: { 'recipient.name': 'Control' }, images: {}, qr, language: 'en' };
        const { misfits } = await page.fill({ ...controlTemplate, texts: parsed, pairs: [] }, [record], [], 'whole');
        if (misfits.length > 0 || (await page.toPdf()).length === 0) throw new Error('It printed nothing.');
      });
    } catch (cause) {
      if (cause instanceof BrowserUnavailable) throw cause;
      throw new BrowserUnavailable(
        `The browser does not even print a page of our own (${failure}): see whether the machine has memory and time for it.`,
        { cause },
      );
    }
  }

  private async attempt(plan: RenderPlan, records: readonly PrintRecord[], patience = 1): Promise<Result[] | Failure> {
    let run: RunPages;
    let printed: Awaited<ReturnType<typeof printRun>>;
    try {
      run = toPages(records);
      const work = (page: PrintPage) => printRun(page, plan, run, this.layers);
      printed = await this.pool.use(plan.key, work, { certificates: records.length, patience });
    } catch (error) {
      if (error instanceof BrowserUnavailable) throw error;
      return failureOf(error);
    }
    try {
      return await this.merge(plan, records, run, printed);
    } catch (error) {
      // A fault of the writer is ours, and blames no record.
      if (!(error instanceof PdfUnknown)) throw error;
      // Marks that are read in whole pages need not be where texts are taken out of them.
      if (this.layers.forbid(plan)) return this.attempt(plan, records, patience);
      // A certificate without tags is better than none: of a run, the culprit is found first.
      if (plan.isMarked && records.length === 1) return this.attempt({ ...plan, isMarked: false }, records);
      return failureOf(error);
    }
  }

  private async merge(
    plan: RenderPlan,
    records: readonly PrintRecord[],
    { codes }: RunPages,
    { parts, misfits }: { parts: readonly PrintedPart[]; misfits: readonly Misfit[] },
  ): Promise<Result[]> {
    const results: Result[] = [];
    for (const misfit of misfits) results[misfit.record] ??= { failure: misfitFailure(misfit) };
    for (const { pdf, layer, background, pages } of parts) {
      const labels = labelsOf(pages, records, codes, layer === 'whole' ? undefined : plan.layers?.qr);
      let at = 0;
      for (const document of writeDocuments(pdf, background, labels)) {
        const { record } = pages[at++] ?? { record: -1 };
        results[record] = { pdf: document };
        // Meanwhile the pages of the other runs wait for their next word.
        if (at % TOGETHER === 0) await setImmediate();
      }
    }
    return records.map((_, index) => {
      const result = results[index];
      if (result === undefined) throw new Error('A document is missing after the split.');
      return result;
    });
  }
}

function refuseHarm(template: TemplateSource): void {
  const refusal = TemplateRefused.of(checkTemplate(template));
  if (refusal !== undefined) throw refusal;
}

function documentsOf(results: readonly Result[]): PdfDocument[] {
  const printed = results.map((result) => ('pdf' in result ? result.pdf : undefined));
  const failures = results.flatMap((result, index) => ('failure' in result ? [{ index, ...result.failure }] : []));
  if (failures.length > 0) throw new PrintFailed(failures, printed);
  return printed.filter((pdf) => pdf !== undefined);
}
