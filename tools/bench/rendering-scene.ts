import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ObjectStore, type ObjectToStore, openObjectStore } from '@laurel/object-store';
import { Renderer, type PrintRecord, type RenderPlan } from '@laurel/rendering';
import { PageEachPrinter } from '@laurel/rendering/page-each';
import { builtInTemplates, type SlotImage, type TemplateSource } from '@laurel/rendering/templates';
import { provideBrowser } from '@laurel/testing';
import { benchPictures } from './bench-pictures.ts';
import { htmlCertificate } from './html-certificate.ts';
import { processorTime } from './processor-time.ts';

const runSize = 50;
/** So many milliseconds of CPU in 150 are nobody's work: Linux counts in ticks of 10. */
const quiet = 10;
/** Two runs print at once; two more are cut, hashed and stored meanwhile, as the generator does it. */
const atOnce = 4;
const png = (bytes: Buffer): SlotImage => ({ mediaType: 'image/png', bytes });
const logo = png(benchPictures.logo);
const [hopper, johnson] = benchPictures.signatures.map(png);
const names = ['Ada Lovelace', 'Katherine Johnson', 'Nguyễn Thị Ngọc Ánh', 'Jürgen Habermaß', 'Zoë Quinn-Ferreira'];

/** One of the templates that are measured. */
export interface MeasuredTemplate {
  readonly name: string;
  readonly source: TemplateSource;
  readonly plan: RenderPlan;
}

/** Laurel's engine and the way of a page each side by side: the same browser, templates, records, hash and synced store. */
export class RenderingScene {
  private issued = 0;
  private naive: PageEachPrinter | undefined;

  private constructor(
    private readonly options: Parameters<typeof Renderer.start>[0],
    private readonly renderer: Renderer,
    private readonly store: ObjectStore,
    private readonly folder: string,
    readonly templates: readonly MeasuredTemplate[],
  ) {}

  /** @param recycles whether Laurel's browser is replaced now and then, as in production; one that ended takes the times of its processes with it */
  static async open(recycles: boolean): Promise<RenderingScene> {
    const log = { info: () => undefined, warn: (facts: object, message: string) => console.error(message, facts) };
    const never = { recycleAfter: Infinity, recycleAboveBytes: Infinity };
    const options = { browserPath: await provideBrowser(), noSandbox: true, log, ...(!recycles && never) };
    const renderer = await Renderer.start(options);
    const folder = mkdtempSync(join(tmpdir(), 'laurel-rendering-'));
    const sources = [
      ...builtInTemplates
        .slice(0, 2)
        .map((template) => [template.id, { ...template, images: { 'images.logo': logo } }] as const),
      ['html', htmlCertificate] as const,
    ];
    const templates: MeasuredTemplate[] = [];
    for (const [name, source] of sources) templates.push({ name, source, plan: await renderer.compile(source) });
    return new RenderingScene(
      options,
      renderer,
      openObjectStore(`file://${join(folder, 'objects')}`),
      folder,
      templates,
    );
  }

  /** Prints certificates as Laurel does, each hashed and on the disk in the end. */
  async ours({ plan }: MeasuredTemplate, count: number): Promise<void> {
    let left = count;
    const line = async () => {
      while (left > 0) {
        const size = Math.min(runSize, left);
        left -= size;
        const printed = await this.renderer.print(plan, this.records(size));
        await this.keep(printed.map((pdf) => ({ bytes: pdf.pieces, hash: pdf.sha256() })));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, line));
  }

  /** Prints certificates with a page for each, one after the other: the rest is the same. */
  async pageEach({ source }: MeasuredTemplate, count: number): Promise<void> {
    const naive = (this.naive ??= await PageEachPrinter.start(this.options));
    for (const record of this.records(count)) {
      const bytes = await naive.print(source, record);
      await this.keep([{ bytes, hash: createHash('sha256').update(bytes).digest('hex') }]);
    }
  }

  /** CPU milliseconds that it takes to replace the browser, without those of its end. */
  async replacement(): Promise<number> {
    let next: Renderer | undefined;
    const cost = await this.cost(async () => {
      next = await Renderer.start(this.options);
    });
    await next?.close();
    return cost;
  }

  /** CPU milliseconds of this process and of its browsers that `work` takes, with what it leaves to be done: a page that was closed ends by and by, and not at the cost of what is measured next. */
  async cost(work: () => Promise<void>): Promise<number> {
    const before = processorTime(process.pid);
    await work();
    for (let last = 0, now = processorTime(process.pid), looks = 0; now - last > quiet && looks < 20; looks++) {
      last = now;
      await pause(150);
      now = processorTime(process.pid);
    }
    return processorTime(process.pid) - before;
  }

  async close(): Promise<void> {
    await this.renderer.close();
    await this.naive?.close();
    this.store.close();
    rmSync(this.folder, { recursive: true });
  }

  private records(count: number): PrintRecord[] {
    return Array.from({ length: count }, () => {
      const at = this.issued++;
      const name = names[at % names.length] ?? '';
      return {
        values: {
          'recipient.name': name,
          'achievement.name': 'Foundations of Data Science',
          'issuer.name': 'Academy of Open Science',
          'certificate.number': `ACME-2026-${String(at).padStart(7, '0')}`,
          'certificate.issuedOn': '21 November 2026',
          'completion.completedOn': '20 November 2026',
          'signatories.0.name': 'Grace Hopper',
          'signatories.0.title': 'Head of Learning',
          'signatories.1.name': 'Katherine Johnson',
          'signatories.1.title': 'Rector',
        },
        images: {
          ...(hopper && { 'signatories.0.signature': hopper }),
          ...(johnson && { 'signatories.1.signature': johnson }),
        },
        qr: `https://certs.example.org/v/4fHk29sKdLq8PzXw7Tn${String(at).padStart(7, '0')}`,
        title: `Certificate of ${name}`,
        language: 'en',
      };
    });
  }

  private keep(documents: readonly { readonly bytes: ObjectToStore['bytes']; readonly hash: string }[]): Promise<void> {
    return this.store.put(
      documents.map(({ bytes, hash }) => {
        return {
          name: `certificates/bench/2026-11-21/${randomUUID()}-${hash}.pdf`,
          bytes,
          mediaType: 'application/pdf',
        };
      }),
    );
  }
}
