import type { FilledText, Misfit } from './page-state.ts';

/**
 * Runs in the page, after fillPages: HTML wraps by itself; a filled text that still runs out of its box shrinks, step by step, to `data-fit-min` (0.45) of its size.
 * Gives the texts that do not fit even so. Stands alone.
 */
export function fitBoxes(): Misfit[] {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  interface Place {
    readonly text: FilledText;
    readonly box: HTMLElement;
    readonly isClipped: boolean;
    readonly size: number;
    readonly least: number;
    shrunk: number;
  }
  const places: Place[] = [];
  for (const text of state.filled) {
    const { element } = text;
    if (element instanceof SVGElement) continue;
    let box = element;
    let style = getComputedStyle(box);
    const size = Number.parseFloat(style.fontSize);
    while (/^(?:inline|contents)$/.test(style.display) && box.parentElement !== null) {
      box = box.parentElement;
      style = getComputedStyle(box);
    }
    const written = Number.parseFloat(element.getAttribute('data-fit-min') ?? '');
    places.push({
      text,
      box,
      size,
      isClipped: style.overflowY !== 'visible' || box.style.height !== '',
      least: Number.isFinite(written) ? written : 0.45,
      shrunk: 1,
    });
  }
  const over = ({ box, isClipped }: Place) => {
    const [width, height] = [
      box.clientWidth / Math.max(1, box.scrollWidth - 1),
      box.clientHeight / Math.max(1, box.scrollHeight - 1),
    ];
    return Math.min(1, width, isClipped ? height : 1);
  };
  for (let pass = 0; pass < 8; pass++) {
    const ratios = places.map((place) => ({ place, ratio: over(place) })).filter(({ ratio }) => ratio < 1);
    if (ratios.length === 0) break;
    for (const { place, ratio } of ratios) {
      const { element } = place.text;
      const written = element.style.fontSize;
      state.undo.push(() => (element.style.fontSize = written));
      place.shrunk = Math.max(place.least, place.shrunk * Math.max(0.8, Math.min(0.97, ratio)));
      element.style.fontSize = `${place.size * place.shrunk}px`;
    }
  }
  const misfits: Misfit[] = [];
  const range = document.createRange();
  for (const place of places) {
    const { text, box, size, shrunk } = place;
    if (over(place) < 1)
      misfits.push({ record: text.record, slot: text.slot, width: box.scrollWidth, allowed: box.clientWidth });
    range.selectNodeContents(text.element);
    const { x, y, width, height } = range.getBoundingClientRect();
    const page = state.pages[text.record]?.getBoundingClientRect() ?? new DOMRect();
    text.area = new DOMRect(x - page.x, y - page.y, width, height);
    text.size = size * shrunk;
    text.mayOverlap = false;
  }
  return misfits;
}
