import { digestOf } from './digest-of.ts';
import type { PdfAssembly } from './pdf-assembly.ts';
import type { PdfObject } from './pdf-object.ts';
import { PdfUnknown } from './pdf-unknown.ts';
import type { PdfPage } from './read-pages.ts';

/** Copies from one PDF what its pages reach, each time numbered anew, streams untouched. */
export class ObjectCopier {
  private readonly objects: ReadonlyMap<number, PdfObject>;
  private readonly pages: ReadonlySet<number>;
  private readonly digests = new Map<Buffer, string>();

  constructor(objects: ReadonlyMap<number, PdfObject>, pages: readonly PdfPage[]) {
    this.objects = objects;
    this.pages = new Set(pages.map(({ id }) => id));
  }

  find(id: number): PdfObject {
    const object = this.objects.get(id);
    if (object === undefined) throw new PdfUnknown(`object ${id} is named and not there`);
    return object;
  }

  /** Writes what a page reaches, in place of `changed` objects these, and gives their new numbers. Throws PdfUnknown if it reaches another page. */
  copy(pdf: PdfAssembly, page: PdfPage, changed: ReadonlyMap<number, PdfObject> = new Map()): Map<number, number> {
    const numbers = new Map<number, number>();
    const reached: PdfObject[] = [];
    const reach = (id: number) => {
      if (numbers.has(id)) return;
      if (this.pages.has(id)) throw new PdfUnknown(`page ${page.id} leads to page ${id}`);
      numbers.set(id, pdf.reserve());
      reached.push(changed.get(id) ?? this.find(id));
    };
    page.refs.forEach(reach);
    for (let at = 0; at < reached.length; at++) reached[at]?.refs.forEach(reach);
    for (const object of reached) {
      const value = ObjectCopier.renumber(object, numbers);
      const { id, stream } = object;
      if (stream === undefined) pdf.write(value, numbers.get(id));
      else pdf.writeStream(value, { bytes: stream, digest: this.digest(stream) }, numbers.get(id));
    }
    return numbers;
  }

  /** The value of an object or a page with its new references. */
  static renumber({ text, refs }: Pick<PdfObject, 'text' | 'refs'>, numbers: ReadonlyMap<number, number>): string {
    let value = text[0] ?? '';
    for (let at = 0; at < refs.length; at++) value += `${numbers.get(refs[at] ?? 0)} 0 R${text[at + 1] ?? ''}`;
    return value;
  }

  digest(stream: Buffer): string {
    let digest = this.digests.get(stream);
    if (digest === undefined) this.digests.set(stream, (digest = digestOf(stream)));
    return digest;
  }
}
