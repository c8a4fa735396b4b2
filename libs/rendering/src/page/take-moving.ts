import type { Binding } from './page-state.ts';

/** The moving layer of a template in SVG, to be put into another page. */
export interface MovingPage {
  readonly markup: string;
  readonly styles: readonly string[];
  readonly bindings: readonly Binding[];
}

/** Runs in the page, after makeLayers for a template in SVG: what a page needs in order to print the moving layer, without the art that stays. Stands alone. */
export function takeMoving(): MovingPage {
  const state = globalThis.laurel;
  const drawing = state?.layers?.moving.firstElementChild;
  if (state === undefined || !(drawing instanceof SVGSVGElement)) throw new Error('No layers of an SVG are made.');
  // As they are read now: rules were changed since they were written.
  const styles = [...document.querySelectorAll<HTMLStyleElement>('style[data-laurel]')].map(({ sheet }) =>
    [...(sheet?.cssRules ?? [])].map(({ cssText }) => cssText).join('\n'),
  );
  return { markup: new XMLSerializer().serializeToString(drawing), styles, bindings: state.bindings };
}
