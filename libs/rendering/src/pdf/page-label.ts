import type { QrDrawing } from '../qr/qr-drawing.ts';

/** A file inside of a document (ISO 32000-2, 7.11.4): the signed credential. */
export interface PdfAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly description: string;
  /** Never the clock's: the instant of issue. */
  readonly modifiedAt: Date;
}

/** What is written about one document beside its page. */
export interface PageLabel {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** What was filled in, in reading order; the n-th stands between the page's n-th markers, or, if it is shared, in the layer that pages share. */
  readonly texts: readonly { readonly slot: string; readonly text: string; readonly isShared?: boolean }[];
  /** The QR code, where it is for the writer to draw: the matrix leads from modules to PDF points (ISO 32000-1, 8.3.3). */
  readonly qr?: {
    readonly drawing: QrDrawing;
    readonly matrix: readonly [number, number, number, number, number, number];
    readonly says: string;
  };
  readonly attachment?: PdfAttachment;
}
