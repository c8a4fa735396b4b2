import { createHash } from 'node:crypto';
import { digestOf } from './digest-of.ts';
import { PdfAssembly } from './pdf-assembly.ts';
import { srgbProfile } from './srgb-profile.ts';

const HEADER = Buffer.from('%PDF-1.7\n%\xE2\xE3\xCF\xD3\n', 'latin1');

/** Begins a document: its header, and as object 1 the profile of sRGB, which the catalog names as what its colours mean. */
export function beginDocument(): PdfAssembly {
  const pdf = new PdfAssembly({ bytes: HEADER, hash: createHash('sha256').update(HEADER), offsets: [], digest: '' });
  const bytes = srgbProfile();
  pdf.writeStream(`<</N 3\n/Length ${bytes.length}>>`, { bytes, digest: digestOf(bytes) });
  return pdf;
}
