/** A place on a page: left, top, right and bottom in CSS pixels. */
export type Place = readonly [number, number, number, number];

/** What is the same on the pages of a run. */
export interface SharedParts {
  /** The moving parts, by their numbers. */
  readonly parts: readonly number[];
  /** A record of the run: its page looks in these parts as all do. */
  readonly model: number;
  /** Which of its marked texts are in them, in order. */
  readonly marks: readonly number[];
  /** All that they are painted on. */
  readonly places: readonly Place[];
  /** Of the slots in which the records are the same those that nothing else depends on. */
  readonly slots: readonly string[];
}

/**
 * Runs in the page, after checkPages, for templates in SVG. On the moving layer, with `slots` in which all records of the run are the same: finds the parts that depend on nothing else. A part that
 * touches one that differs is none of them, whichever is painted first. On the layer of what is each page's own, with the `places` of what is shared: finds the records whose parts touch them, and takes
 * their pages out. Stands alone.
 */
export function sharePages(
  slots: readonly string[],
  places: readonly Place[],
): { shared?: SharedParts; moved: number[] } {
  const state = globalThis.laurel;
  const prototype = state?.layers?.moving;
  if (state === undefined || prototype === undefined) throw new Error('The layers of the template are not made.');
  const partsOf = (page: Element) => [...page.querySelectorAll<SVGElement>('[data-laurel-moving]')];
  const numberOf = (part: Element) => Number(part.getAttribute('data-laurel-moving'));
  const standing = state.pages.flatMap((page, record) => (page.isConnected ? [{ page, record }] : []));
  const texts = new Map(state.pages.map((_, record) => [record, [] as typeof state.filled]));
  for (const text of state.filled) texts.get(text.record)?.push(text);
  const around = (left: number, top: number, right: number, bottom: number, by: number): Place => [
    left - by,
    top - by,
    right + by,
    bottom + by,
  ];
  const placesOf = (part: SVGElement, { page, record }: (typeof standing)[number]): Place[] => {
    const letters = (texts.get(record) ?? [])
      .filter(({ element }) => part.contains(element))
      .map(({ element, area = new DOMRect(), size = 0 }) => {
        // Letters of Latin stay in their cells, others leave them.
        const isCalm = /^[\u0020-\u024f\u2010-\u2027]*$/.test(element.textContent ?? '');
        return around(area.left, area.top, area.right, area.bottom, isCalm ? 0 : 0.4 * size);
      });
    if (part instanceof SVGTextElement && letters.length === 1) return letters;
    const { x, y } = page.getBoundingClientRect();
    const { left, top, right, bottom } = part.getBoundingClientRect();
    // Strokes, and markers of lines, are painted outside of the box.
    return [...letters, around(left - x, top - y, right - x, bottom - y, part.localName === 'image' ? 1 : 12)];
  };
  const meets = (ones: readonly Place[], others: readonly Place[]) =>
    ones.some((one) =>
      others.some((other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]),
    );
  if (places.length > 0) {
    const moved = standing.filter((each) => partsOf(each.page).some((part) => meets(placesOf(part, each), places)));
    for (const { page } of moved) page.remove();
    return { moved: moved.map(({ record }) => record) };
  }

  const [model] = standing;
  if (model === undefined) return { moved: [] };
  const same = new Set(slots);
  const dependsOn = (element: Element): (string | undefined)[] => {
    const binding = state.bindings[Number(element.getAttribute('data-laurel-bound') ?? -1)];
    if (binding === undefined) return [];
    const { texts, attributes, when = [], unless, image, each, qr } = binding;
    const said = [...texts, ...attributes].flatMap(({ parts }) => parts);
    const slots = said.flatMap((piece) =>
      typeof piece === 'string' || piece.slot.startsWith('item.') ? [] : [piece.slot],
    );
    return [...slots, ...when, unless, image, each?.list, qr && 'qr'];
  };
  // In the prototype nothing is missing that a record has no value for.
  const needs = new Map(
    partsOf(prototype).map((part) => [numberOf(part), [part, ...part.querySelectorAll('*')].flatMap(dependsOn)]),
  );
  const candidates = new Set(
    [...needs].filter(([, slots]) => slots.every((slot) => slot === undefined || same.has(slot))).map(([part]) => part),
  );
  const shared = new Map<number, Place[]>();
  for (const part of partsOf(model.page))
    // The rows of a list have one number.
    if (candidates.has(numberOf(part)))
      shared.set(numberOf(part), [...(shared.get(numberOf(part)) ?? []), ...placesOf(part, model)]);
  const differing = standing.flatMap((each) =>
    partsOf(each.page)
      .filter((part) => !candidates.has(numberOf(part)))
      .map((part) => placesOf(part, each)),
  );
  for (let at = 0; at < differing.length; at++) {
    for (const [part, places] of shared) {
      if (!meets(places, differing[at] ?? [])) continue;
      shared.delete(part);
      differing.push(places);
    }
  }
  if (shared.size === 0) return { moved: [] };
  const isIn = (element: Element) => {
    const part = element.closest('[data-laurel-moving]');
    return part !== null && shared.has(numberOf(part));
  };
  const marks = (state.marked[model.record] ?? []).flatMap(({ element }, mark) => (isIn(element) ? [mark] : []));
  const parts = [...shared.keys()].sort((one, other) => one - other);
  for (const [part, slots] of needs)
    if (!shared.has(part)) for (const slot of slots) if (slot !== undefined) same.delete(slot);
  return {
    shared: { parts, model: model.record, marks, places: [...shared.values()].flat(), slots: [...same] },
    moved: [],
  };
}
