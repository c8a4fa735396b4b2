import { toString } from 'qrcode';
import type { PrintRecord } from '../print/print-record.ts';
import type { SlotImage, TemplateSource } from '../template/template-source.ts';
import type { RendererOptions } from './browser-options.ts';
import { BrowserProcess } from './browser-process.ts';

const SLOT = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Runs in a page: takes out what depends on slots that have no value, so that both sides print the same. */
function keepWhatIsThere(source: string, mediaType: DOMParserSupportedType, there: readonly string[]): string {
  const parsed = new DOMParser().parseFromString(source, mediaType);
  const isMissing = (slot: string) => slot !== '' && !there.includes(slot);
  for (const element of parsed.querySelectorAll('[data-when], [data-unless]')) {
    const when = (element.getAttribute('data-when') ?? '').split(' ');
    const unless = element.getAttribute('data-unless') ?? '';
    if (when.some(isMissing) || (unless !== '' && !isMissing(unless))) element.remove();
  }
  for (const picture of parsed.querySelectorAll('image, img')) {
    const slot = /^\{\{(.*)\}\}$/.exec(picture.getAttribute('href') ?? picture.getAttribute('src') ?? '')?.[1];
    if (slot !== undefined && isMissing(slot)) picture.remove();
  }
  return mediaType === 'text/html'
    ? `<!doctype html>${parsed.documentElement.outerHTML}`
    : new XMLSerializer().serializeToString(parsed);
}

/**
 * What Laurel is measured against: a new page for each certificate, filled by replacing its placeholders, as most systems do it. Same browser, same flags, same
 * fonts. Only benchmarks use it: it neither checks nor fits anything.
 */
export class PageEachPrinter {
  private readonly sources = new Map<TemplateSource, string>();

  private constructor(private readonly process: BrowserProcess) {}

  static start(options: RendererOptions): Promise<PageEachPrinter> {
    return BrowserProcess.start(options, (process) => Promise.resolve(new PageEachPrinter(process)));
  }

  /** One certificate as a PDF. */
  async print(template: TemplateSource, record: PrintRecord): Promise<Buffer> {
    const html = await document(template, await this.sourceOf(template, record), record);
    const page = await this.process.browser.newPage();
    try {
      await page.setContent(html, { waitUntil: 'load' });
      return Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: false }));
    } finally {
      await page.close();
    }
  }

  close(): Promise<void> {
    return this.process.close();
  }

  /** Once for each template: its records all have the same slots. */
  private async sourceOf(template: TemplateSource, { values, images }: PrintRecord): Promise<string> {
    const known = this.sources.get(template);
    if (known !== undefined) return known;
    const there = [values, images ?? {}, template.images ?? {}].flatMap((slots) => Object.keys(slots));
    const page = await this.process.browser.newPage();
    const source = await page.evaluate(keepWhatIsThere, template.source, template.mediaType, there);
    await page.close();
    this.sources.set(template, source);
    return source;
  }
}

async function document(
  { mediaType, images: fixed }: TemplateSource,
  source: string,
  { values, images, qr }: PrintRecord,
): Promise<string> {
  const pictures: Readonly<Record<string, SlotImage>> = { ...fixed, ...images };
  const code = await toString(qr, { type: 'svg', errorCorrectionLevel: 'M' });
  const filled = source
    .replace(/<rect data-slot="qr"([^>]*)\/>/, (_, place: string) => code.replace('<svg ', `<svg ${place} `))
    .replace(/(<div data-slot="qr"[^>]*>)<\/div>/, (_, tag: string) => `${tag}${code}</div>`)
    .replace(SLOT, (_, slot: string) => {
      const picture = pictures[slot];
      return picture === undefined ? escaped(values[slot] ?? '') : addressOf(picture);
    });
  if (mediaType === 'text/html') return filled;
  const [, width, height] = /<svg[^>]*?\swidth="([^"]+)"[^>]*?\sheight="([^"]+)"/.exec(source) ?? [];
  const paper = `@page{size:${width ?? '297mm'} ${height ?? '210mm'};margin:0}body{margin:0}svg{display:block}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><style>${paper}</style></head><body>${filled}</body></html>`;
}

function addressOf({ mediaType, bytes }: SlotImage): string {
  return `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
