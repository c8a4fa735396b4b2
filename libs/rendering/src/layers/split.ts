import type { Obstacle } from '../page/page-state.ts';

/** How a template falls into a layer that changes with each record and one that stays. */
export interface Split {
  /** The elements that change, with all in them, by their places among the elements of the prototype. */
  readonly moving: readonly number[];
  /** From the unit square to points on paper (ISO 32000-1, 8.3.3), if the QR code stays where it is and nothing meets it: then it needs no browser. */
  readonly qr: readonly [number, number, number, number, number, number] | undefined;
  /**
   * Places of what stays, painted above what changes, that only unusual values reach: the text's number, then left, top, right and bottom in CSS pixels of the page. A record that reaches one is printed
   * as a whole page.
   */
  readonly obstacles: readonly Obstacle[];
  /** Why it cannot be split, for the operator; empty if it can. */
  readonly whyWhole: readonly string[];
}
