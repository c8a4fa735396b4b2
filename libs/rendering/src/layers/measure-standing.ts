import type { Standing } from '../page/page-state.ts';

/** Runs in the page, after the moving layer of a template in HTML was filled and fitted: where its boxes stand. `reach` is the place of what changes on all pages together. Stands alone. */
export function measureStanding(): Standing {
  const state = globalThis.laurel;
  const [first] = state?.pages ?? [];
  if (state === undefined || first === undefined) throw new Error('No page is filled.');
  const boxOf = (element: Element, page: Element) => {
    const { x, y } = page.getBoundingClientRect();
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left - x, top - y, right - x, bottom - y].map((length) => Math.round(length * 1000) / 1000);
  };
  const still = [...first.querySelectorAll('[data-laurel-still]')].map((element) => boxOf(element, first));
  const reach: number[][] = [];
  for (const page of state.pages) {
    for (const element of page.querySelectorAll('[data-laurel-moving]')) {
      const at = Number(element.getAttribute('data-laurel-moving'));
      const [left = 0, top = 0, right = 0, bottom = 0] = boxOf(element, page);
      const known = reach[at];
      reach[at] =
        known === undefined
          ? [left, top, right, bottom]
          : [
              Math.min(known[0] ?? left, left),
              Math.min(known[1] ?? top, top),
              Math.max(known[2] ?? right, right),
              Math.max(known[3] ?? bottom, bottom),
            ];
    }
  }
  // An empty place in the list would be lost on the way out of the page.
  return { still, reach: Array.from(reach, (box) => box ?? []) };
}
