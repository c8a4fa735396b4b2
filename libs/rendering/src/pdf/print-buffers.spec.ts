import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PrintRecord } from '../print/print-record.ts';
import type { RenderPlan } from '../print/render-plan.ts';
import type { PdfDocument } from './pdf-document.ts';
import { PdfAssembly } from './pdf-assembly.ts';
import { beginDocument } from './begin-document.ts';

interface Printer {
  print(plan: RenderPlan, records: readonly PrintRecord[]): Promise<PdfDocument[]>;
}

/** Documents as whole files, for tests that look into them. */
export async function printBuffers(
  renderer: Printer,
  plan: RenderPlan,
  records: readonly PrintRecord[],
): Promise<Buffer[]> {
  return (await renderer.print(plan, records)).map((pdf) => pdf.toBuffer());
}

test('a document is its pieces, one after the other; what is large in it is not copied, and its hash is that of all', () => {
  const prefix = beginDocument().asPrefix();
  const large = Buffer.alloc(5000, 'x');
  const write = () => {
    const pdf = new PdfAssembly(prefix);
    pdf.writeStream('<</Length 5000>>', { bytes: large, digest: '' });
    pdf.writeStream('<</Length 3>>', { bytes: Buffer.from('abc'), digest: '' });
    return pdf.finish('/Root 1 0 R');
  };
  const one = write();
  const bytes = one.toBuffer();
  expect(bytes.toString('latin1')).toMatch(/^%PDF-1\.7[^]*x{5000}\nendstream[^]*abc\nendstream[^]*%%EOF\n$/);
  expect(one.byteLength).toBe(bytes.length);
  expect([one.pieces[0] === prefix.bytes, one.pieces.includes(large), one.pieces.length]).toEqual([true, true, 4]);
  const hash = createHash('sha256').update(bytes).digest('hex');
  // Twice, and of a second document too: what read the beginning is not used up.
  expect([one.sha256(), one.sha256(), write().sha256()]).toEqual([hash, hash, hash]);
});
