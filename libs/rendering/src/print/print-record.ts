import type { PdfAttachment } from '../pdf/page-label.ts';
import type { SlotImage } from '../template/template-source.ts';

/** What one certificate shows. */
export interface PrintRecord {
  /** By the slot's name; an absent or empty one leaves its place empty. Plain text: markup in it is printed as it is written. */
  readonly values: Readonly<Record<string, string>>;
  /** The rows of repeated parts, by the list's slot (`claims.marks`); in each the values by the names that its part uses (`subject`). */
  readonly lists?: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  /** By the slot's name, for slots that show a picture. */
  readonly images?: Readonly<Record<string, SlotImage>>;
  /** What the QR code says: the address of the verify page. */
  readonly qr: string;
  /** The document's title, as a PDF reader shows it. */
  readonly title: string;
  /** BCP 47; decides the look of Han characters that no kana or Hangul stands beside. */
  readonly language?: string;
  /** A file that travels inside of the document. */
  readonly attachment?: PdfAttachment;
}
