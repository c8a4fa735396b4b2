import { createHash } from 'node:crypto';
import {
  checkTemplate,
  PdfDocument,
  PrintFailed,
  type PrintRecord,
  type RenderPlan,
  type Renderer,
  type TemplateFinding,
  type TemplateInspection,
  TemplateRefused,
  type TemplateSource,
  templateSlots,
  TemplateUnprintable,
} from '@laurel/rendering';
import { Problem, SETTINGS, type Settings } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { settings } from '../config.ts';
import { KeptPromises } from '../make-certificates/kept-promises.ts';
import { PRINTER } from '../print/printer.token.ts';
import { CallSlot } from './call-slot.ts';
import { renderProblem } from './render-problem.ts';
import { type SampleRecord, sampleRecords } from './sample-records.ts';
import { sampleValues } from './sample-values.ts';

/** What a check tells. */
export interface CheckedTemplate {
  /** In the order of the file; `unprintable` is the rule of one that no browser loads. */
  readonly findings: readonly (Omit<TemplateFinding, 'rule'> & { readonly rule: string })[];
  /** None where something cannot stay. */
  readonly slots: readonly string[];
  readonly longest: TemplateInspection['longest'];
}

/** What a caller wants of a page. */
export interface Preview {
  readonly values: Readonly<Record<string, string>>;
  readonly lists?: PrintRecord['lists'];
  /** Whose values fill the slots that have none. */
  readonly sample?: string | undefined;
  readonly format: 'pdf' | 'png' | 'svg';
}

/** A sample as it was rendered: both files, or why there are none. */
export interface RenderedSample extends SampleRecord {
  readonly files?: { readonly pdf: Buffer; readonly png: Buffer };
  readonly refusal?: { readonly reason: string; readonly detail: string };
}

// Of samples in one call: others wait for the slot, and an answer may have 16 MB.
const most = { samples: 8, milliseconds: 4_000, bytes: 6 * 1024 * 1024 };
/** In pixels: samples are looked at side by side. */
const sampleWidth = 800;

/** Renders for callers that wait, one call at a time. Of what it renders nothing is kept here. */
@Injectable()
export class CallRenderer {
  private readonly plans = new KeptPromises<RenderPlan>(20);

  constructor(
    @Inject(PRINTER) private readonly renderer: Renderer,
    @Inject(SETTINGS) private readonly own: Settings<typeof settings>,
    private readonly slot: CallSlot,
  ) {}

  /**
   * Everything that is to be said of a template: of its text, and, unless that is harmful, of how a browser lays it out.
   *
   * @throws {Problem} 429 and 503 for what cannot be looked at now
   */
  async check(template: TemplateSource): Promise<CheckedTemplate> {
    const written = checkTemplate(template);
    if (TemplateRefused.of(written)) return { findings: written, slots: [], longest: [] };
    const { findings, longest } = await this.inSlot(() => this.inspect(template));
    const all = [...written, ...findings].sort((one, other) => one.line - other.line || one.column - other.column);
    const isRefused = all.some(({ level }) => level === 'error');
    return { findings: all, slots: isRefused ? [] : templateSlots(template), longest };
  }

  /** @throws {Problem} 422 for what cannot be rendered, 429 and 503 for what cannot be rendered now */
  async preview(template: TemplateSource, { values, lists, sample, format }: Preview): Promise<Buffer> {
    if (format === 'svg' && template.mediaType !== 'image/svg+xml') {
      throw new Problem(422, {
        code: 'picture-no-svg',
        detail: 'format: an SVG can only be made of a template that is an SVG; ask for "png" or "pdf" of an HTML one.',
      });
    }
    const record = this.record(template, sampleOf(sample));
    const filled = { ...record, values: { ...record.values, ...values }, ...(lists ? { lists } : {}) };
    return this.inSlot(async () => {
      if (format !== 'pdf') return this.renderer.picture(await this.plan(template), filled, { format });
      return this.renderer.preview(template, filled);
    });
  }

  /**
   * Renders samples from the one at `from` on, as many as there is time for, at least one.
   *
   * @returns them, and where the next call has to begin; `next` is left out after the last one
   * @throws {Problem} 422 for a template that cannot be compiled, 429 and 503
   */
  async samples(template: TemplateSource, from: number): Promise<{ samples: RenderedSample[]; next?: number }> {
    const wanted = sampleRecords.slice(from, from + most.samples);
    return this.inSlot(async () => {
      const began = performance.now();
      const plan = await this.plan(template);
      const records = wanted.map((sample) => this.record(template, sample));
      const printed = await this.print(plan, records);
      const samples: RenderedSample[] = [];
      let bytes = 0;
      for (const [index, sample] of wanted.entries()) {
        if (index > 0 && (performance.now() - began > most.milliseconds || bytes > most.bytes)) break;
        const rendered = await this.finish(plan, records[index] as PrintRecord, printed[index]);
        samples.push({ ...sample, ...rendered });
        bytes += (rendered.files?.pdf.length ?? 0) + (rendered.files?.png.length ?? 0);
      }
      const next = from + samples.length;
      return next < sampleRecords.length ? { samples, next } : { samples };
    });
  }

  private async inspect(template: TemplateSource): Promise<Pick<CheckedTemplate, 'findings' | 'longest'>> {
    try {
      return await this.renderer.inspect(template);
    } catch (error) {
      if (!(error instanceof TemplateUnprintable)) throw error;
      const advice = 'Save it anew as plain SVG or HTML, and look for filters and huge pictures.';
      const finding = {
        line: 1,
        column: 1,
        rule: 'unprintable',
        level: 'error',
        reason: error.message,
        advice,
      } as const;
      return { findings: [finding], longest: [] };
    }
  }

  /** The documents of the records, or why there is none of one. */
  private async print(
    plan: RenderPlan,
    records: readonly PrintRecord[],
  ): Promise<(PdfDocument | RenderedSample['refusal'])[]> {
    if (records.length === 0) return [];
    try {
      return await this.renderer.print(plan, records);
    } catch (error) {
      if (!(error instanceof PrintFailed)) throw error;
      const { printed, failures } = error;
      return records.map((_, at) => printed[at] ?? refusalOf(failures.find(({ index }) => index === at) ?? error));
    }
  }

  private async finish(
    plan: RenderPlan,
    record: PrintRecord,
    document: PdfDocument | RenderedSample['refusal'],
  ): Promise<Pick<RenderedSample, 'files' | 'refusal'>> {
    if (!(document instanceof PdfDocument)) return document ? { refusal: document } : {};
    try {
      const pdf = document.toBuffer();
      return { files: { pdf, png: await this.renderer.picture(plan, record, { format: 'png', width: sampleWidth }) } };
    } catch (error) {
      if (!(error instanceof PrintFailed)) throw error;
      return { refusal: refusalOf(error) };
    }
  }

  private record(template: TemplateSource, sample: SampleRecord): PrintRecord {
    const title = `${sample.achievement} – ${sample.recipient}`;
    return { ...sampleValues(template, sample), qr: `${this.own.PUBLIC_URL}/v/preview`, title };
  }

  private plan(template: TemplateSource): Promise<RenderPlan> {
    const key = createHash('sha256').update(`${template.mediaType}\n${template.source}`).digest('hex');
    return this.plans.get(key, () => this.renderer.compile(template));
  }

  private inSlot<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.slot.run(async () => {
      try {
        return await work();
      } catch (error) {
        throw renderProblem(error);
      }
    });
  }
}

function sampleOf(name: string | undefined): SampleRecord {
  const [first] = sampleRecords;
  const found = name === undefined ? first : sampleRecords.find((sample) => sample.name === name);
  if (found) return found;
  throw new Problem(422, {
    code: 'sample-unknown',
    detail: `sample: there is none of this name; take ${sampleRecords.map((sample) => sample.name).join(', ')}.`,
  });
}

const refusalOf = ({ reason, message }: { reason: string; message: string }) => ({ reason, detail: message });
