import type { DrawnPart } from '../layers/measure-parts.ts';
import type { SlotPart } from '../slots/slot-part.ts';

/** What is to be filled in one element of a page; the element carries its place in the list as `data-laurel-bound`. */
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
  /** The element is there once for each row of this list, each copy so far from the last one in units of the drawing, and so many at most. */
  each?: { readonly list: string; readonly step: readonly [number, number]; readonly most: number };
  /** The element says nothing but one slot: without a value it has nothing to say. */
  isOnly?: true;
  /** The families before the scripts, and those that follow the script of the text. */
  family?: { own: string; rest: string };
}

/** How a text of an SVG template is fitted; the same for each copy of it. Lengths in its own units. */
export interface TextPlace {
  readonly size: number;
  readonly spacing: number;
  readonly least: number;
  readonly lines: number;
  readonly allowed: number;
  /** From its own units to CSS pixels of its page. */
  readonly matrix: DOMMatrix;
  /** A text that turns or shines through may lie on others. */
  readonly mayOverlap: boolean;
}

/** A text that was filled in and stands on a page: in SVG a <text>, in HTML the element around it. */
export interface FilledText {
  readonly record: number;
  readonly slot: string;
  readonly element: SVGTextElement | HTMLElement;
  /** Which text of the template it is. */
  readonly text: number;
  /** In a repeated part. */
  readonly isRow: boolean;
  /** Where it stands on its page after it was fitted, in CSS pixels, and how large its letters are. */
  area?: DOMRect;
  size?: number;
  mayOverlap?: boolean;
}

/** Where the boxes of a template in HTML stood when it was compiled, each as left, top, right and bottom in CSS pixels of its page. */
export interface Standing {
  /** What stays, by its order in the document. */
  readonly still: readonly (readonly number[])[];
  /** How far what changes reaches, by its number. */
  readonly reach: readonly (readonly number[])[];
}

/** A text by its number in the template, and a place on the page that it must not touch: left, top, right and bottom in CSS pixels. */
export type Obstacle = readonly [number, number, number, number, number];

/** A pair of texts, by their numbers in the template. */
export type TextPair = readonly [number, number];

/** A page that stands in the body, to be filled again by a record that leaves out the same parts. */
export interface KeptPage {
  readonly page: HTMLElement;
  /** Which bindings are there. */
  readonly shape: string;
  /** What is filled in it, with the text nodes of each. */
  readonly bound: readonly {
    readonly element: HTMLElement | SVGElement;
    readonly binding: Binding;
    readonly nodes: readonly Text[];
  }[];
  readonly texts: readonly Pick<FilledText, 'slot' | 'element' | 'text'>[];
  readonly marked: readonly { readonly element: Element; readonly slot: string; readonly number: number }[];
}

/** Which copy of the template a page shows: all of it, only what changes, only what stays; or of what changes only what is not the same on many pages. */
export type Layer = 'whole' | 'moving' | 'still' | 'own';

/** What a loaded template leaves in its page for the print runs to come. */
export interface PageState {
  prototype: HTMLElement;
  bindings: Binding[];
  /** The prototypes of the layers, once they are made. */
  layers?: { readonly moving: HTMLElement; readonly still?: HTMLElement; readonly own?: HTMLElement };
  /** By the text's number in the template. */
  places: (TextPlace | undefined)[];
  /** What fillPages leaves for fitPages: a page for each record, and its texts. */
  pages: HTMLElement[];
  filled: FilledText[];
  /** The texts of each page as its markers number them. */
  marked: readonly KeptPage['marked'][];
  /** The pages of the last run, and of which layer they are; none where they cannot be filled again. */
  kept?: { readonly layer: Layer; readonly isMarked: boolean; readonly pages: readonly (KeptPage | undefined)[] };
  /** Gives the texts of the last run back what fitting took from them. */
  undo: (() => void)[];
  /** The pages of the still layer while a probe lays the other one on them: see layers/stack-layers.ts. */
  below?: HTMLElement[];
  /** What a template in SVG paints, while it is split. */
  parts?: readonly DrawnPart[];
}

declare global {
  // The page's one global of ours; templates run no script that could meet it.
  var laurel: PageState | undefined;
}

/** One certificate as it travels into the page: control characters gone, pictures by their place in the list of the run. */
export interface PageRecord {
  readonly values: Readonly<Record<string, string>>;
  readonly lists?: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  readonly images: Readonly<Record<string, number>>;
  /** The drawing may be left out where the browser does not draw it. */
  readonly qr: { readonly size: number; readonly path: string; readonly says: string };
  readonly language: string;
}

/** A text of a page as its markers number it. */
export interface MarkedText {
  /** Which text of the template it is. */
  readonly number: number;
  readonly slot: string;
  readonly text: string;
}

/** A text that does not fit its place, in the units of the template; or runs into another one; or a list of too many rows. */
export interface Misfit {
  readonly record: number;
  readonly slot: string;
  readonly width: number;
  readonly allowed: number;
  /** The slot of the text that it runs into, or `page`. */
  readonly into?: string;
  readonly unit?: 'rows';
}
