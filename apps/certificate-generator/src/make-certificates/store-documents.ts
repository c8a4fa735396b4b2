import { createHash } from 'node:crypto';
import type { MadeCertificate } from '@laurel/certificates';
import type { ObjectStore } from '@laurel/object-store';
import type { PdfDocument } from '@laurel/rendering';
import type { Signed } from './sign-certificates.ts';
import { storeAnswer } from './store-answer.ts';

/**
 * Keeps documents before any row names them. A name holds the hash of its bytes, so two makings never meet in one object, and the
 * day of the allocation, by which the sweeper finds what no row came to name.
 *
 * @throws {TransientError} when the store is away
 */
export async function storeDocuments(
  store: Pick<ObjectStore, 'put'>,
  documents: readonly (Signed & { readonly pdf: PdfDocument })[],
): Promise<MadeCertificate[]> {
  if (documents.length === 0) return [];
  const made = documents.map(({ row, credential, pdf }) => {
    const pdf_sha256 = pdf.sha256();
    const day = row.allocated_at.toISOString().slice(0, 10);
    return {
      id: row.id,
      version: row.version,
      credential,
      credential_sha256: sha256(credential),
      pdf_sha256,
      pdf_object: `certificates/${row.tenant_id}/${day}/${row.id}-${pdf_sha256}.pdf`,
      bytes: pdf.pieces,
    };
  });
  await storeAnswer(() =>
    store.put(made.map(({ pdf_object: name, bytes }) => ({ name, bytes, mediaType: 'application/pdf' }))),
  );
  return made.map(({ bytes: _, ...one }) => one);
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
