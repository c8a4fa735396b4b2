import type { SlotPart } from '../slots/slot-part.ts';

/** What is to be filled in one element of a page; elements are counted in document order, in the prototype as in each copy of it. */
export interface Binding {
  /** By the place of the text node among the element's children. */
  readonly texts: { child: number; parts: readonly SlotPart[] }[];
  readonly attributes: { name: string; parts: readonly SlotPart[] }[];
  /** The element shows this picture slot. */
  image?: string;
  /** The element is the drawing of the QR code. */
  qr?: true;
  /** The element is there only if each of these slots has a value, */
  when?: string[];
  /** and this one has none. */
  unless?: string;
  /** The families before the scripts, and those that follow the script of the text. */
  family?: { own: string; rest: string };
}

/** What a loaded template leaves in its page for the print runs to come. */
export interface PageState {
  prototype: HTMLElement;
  bindings: Binding[];
}

declare global {
  // The page's one global of ours; templates run no script that could meet it.
  var laurel: PageState | undefined;
}

/** One certificate as it travels into the page: control characters gone, pictures by their place in the list of the run. */
export interface PageRecord {
  readonly values: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<string, number>>;
  readonly qr: { readonly size: number; readonly path: string };
  readonly language: string;
}

/** A text that does not fit its place, in the units of the page (CSS pixels). */
export interface Misfit {
  readonly record: number;
  readonly slot: string;
  readonly width: number;
  readonly allowed: number;
}
