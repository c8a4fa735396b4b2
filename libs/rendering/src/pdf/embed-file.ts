import { digestOf } from './digest-of.ts';
import type { PdfAttachment } from './page-label.ts';
import type { PdfAssembly } from './pdf-assembly.ts';
import { textString } from './text-string.ts';

const MEDIA_TYPE = /^[\w+.-]+\/[\w+.-]+$/;

/**
 * Writes a file into a document as what it was made from (ISO 19005-3, 6.8: `AFRelationship /Source`), as it is: deflated it costs six times the time and spares 2 KB. No
 * checksum, which would be MD5. Gives what the catalog says of it. A media type is written without its parameters, and one that is none as octets.
 */
export function embedFile(
  pdf: PdfAssembly,
  { name, mediaType, bytes, description, modifiedAt }: PdfAttachment,
): string {
  const type = mediaType.split(';', 1)[0]?.trim() ?? '';
  const subtype = (MEDIA_TYPE.test(type) ? type : 'application/octet-stream').replace('/', '#2F');
  const stream = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const file = pdf.writeStream(
    `<</Type /EmbeddedFile\n/Subtype /${subtype}\n/Params <</Size ${stream.length}\n/ModDate ${dateString(modifiedAt)}>>\n/Length ${stream.length}>>`,
    { bytes: stream, digest: digestOf(stream) },
  );
  const called = textString(name);
  // For readers of old: bytes, where UF holds characters.
  const plain = name.replace(/[^\w .-]/g, '_').slice(0, 255);
  const specification = pdf.write(
    `<</Type /Filespec\n/F (${plain})\n/UF ${called}\n/Desc ${textString(description)}\n/AFRelationship /Source\n/EF <</F ${file} 0 R\n/UF ${file} 0 R>>>>`,
  );
  return `/AF [${specification} 0 R]\n/Names <</EmbeddedFiles <</Names [${called} ${specification} 0 R]>>>>\n`;
}

/** ISO 32000-1, 7.9.4, in UTC. */
const dateString = (date: Date) => `(D:${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z)`;
