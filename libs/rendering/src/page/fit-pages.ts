import type { Misfit } from './page-state.ts';

/**
 * Runs in the page, after fillPages: makes each filled text fit its place. All widths are read, then all sizes written, so that a run costs two layouts.
 * A text shrinks to `data-fit-min` (0.45) of its size; below 0.66, with `data-wrap="2"` (or 3), it takes the number of lines that leaves it largest, within
 * `data-fit-height`. Takes out the pages with a text that does not fit even so, and gives those texts. Stands alone.
 */
export function fitPages(): Misfit[] {
  interface Place {
    record: number;
    slot: string;
    page: DOMRect;
    element: SVGTextElement | HTMLElement;
    allowed: number;
    scale: number;
    size: number;
    least: number;
    lines: number;
  }
  const misfits: Misfit[] = [];
  const pages = [...document.body.children].filter((child) => child.classList.contains('laurel-page'));
  const places: Place[] = [];
  const number = (element: Element, name: string, otherwise: number) => {
    const value = Number.parseFloat(element.getAttribute(name) ?? '');
    return Number.isFinite(value) ? value : otherwise;
  };
  pages.forEach((page, record) => {
    const box = page.getBoundingClientRect();
    const seen = new Set<Element>();
    for (const filled of page.querySelectorAll('[data-laurel-filled]')) {
      const slot = filled.getAttribute('data-laurel-filled') ?? '';
      const element = filled instanceof SVGElement ? filled.closest('text') : (filled as HTMLElement);
      if (element === null || seen.has(element)) continue;
      seen.add(element);
      const style = getComputedStyle(element);
      const size = Number.parseFloat(style.fontSize);
      const least = number(element, 'data-fit-min', 0.45);
      const lines = Math.min(3, number(element, 'data-wrap', 1));
      if (element instanceof SVGTextElement) {
        const matrix = element.getScreenCTM();
        const scale = matrix === null ? 1 : Math.hypot(matrix.a, matrix.b);
        let allowed = number(element, 'data-fit-width', 0);
        if (allowed === 0 && matrix !== null) {
          // As wide as the page leaves room on the side, or the sides, to which the text runs.
          const x = element.x.baseVal.numberOfItems > 0 ? element.x.baseVal.getItem(0).value : 0;
          const y = element.y.baseVal.numberOfItems > 0 ? element.y.baseVal.getItem(0).value : 0;
          const at = new DOMPoint(x, y).matrixTransform(matrix).x;
          const [left, right] = [at - box.left - box.width * 0.04, box.right - box.width * 0.04 - at];
          const room =
            style.textAnchor === 'middle' ? 2 * Math.min(left, right) : style.textAnchor === 'end' ? left : right;
          allowed = room / scale;
        }
        places.push({ record, slot, page: box, element, allowed, scale, size, least, lines });
      } else {
        places.push({ record, slot, page: box, element, allowed: 0, scale: 1, size, least, lines });
      }
    }
  });

  const breaksOf = (text: string): number[] => {
    const words = new Intl.Segmenter('und', { granularity: 'word' });
    const found: number[] = [];
    for (const { index } of words.segment(text)) {
      const before = text.slice(0, index);
      const isWide = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]$/.test(before);
      if (
        index > 0 &&
        (/[\s\-\u2010-\u2014/]$/.test(before) || isWide) &&
        !/^[\s,.;:!?)\]}\u3001\u3002\uff0c]/.test(text.slice(index))
      )
        found.push(index);
    }
    return found;
  };
  /** The breaks that make the widest line the narrowest, and how wide that is. */
  const bestLines = (
    element: SVGTextElement,
    text: string,
    count: number,
  ): { at: number[]; width: number } | undefined => {
    let breaks = breaksOf(text);
    if (breaks.length < count - 1)
      breaks = [...new Intl.Segmenter('und').segment(text)].map(({ index }) => index).filter((index) => index > 0);
    if (breaks.length < count - 1) return undefined;
    const ends = [0, ...breaks, text.length];
    const upTo = ends.map((end) => (end === 0 ? 0 : element.getSubStringLength(0, end)));
    const width = (from: number, to: number) => {
      const spaces = text.slice(ends[from], ends[to]).length - text.slice(ends[from], ends[to]).trimEnd().length;
      const tail = spaces === 0 ? 0 : element.getSubStringLength((ends[to] ?? 0) - spaces, spaces);
      return (upTo[to] ?? 0) - (upTo[from] ?? 0) - tail;
    };
    let best: { at: number[]; width: number } | undefined;
    const last = ends.length - 1;
    for (let a = 1; a < last; a++) {
      if (count === 2) {
        const widest = Math.max(width(0, a), width(a, last));
        if (best === undefined || widest < best.width) best = { at: [ends[a] ?? 0], width: widest };
        continue;
      }
      for (let b = a + 1; b < last; b++) {
        const widest = Math.max(width(0, a), width(a, b), width(b, last));
        if (best === undefined || widest < best.width) best = { at: [ends[a] ?? 0, ends[b] ?? 0], width: widest };
      }
    }
    return best;
  };

  const fail = (place: Place, width: number, allowed: number) =>
    misfits.push({ record: place.record, slot: place.slot, width: Math.round(width), allowed: Math.round(allowed) });
  const writes: (() => void)[] = [];
  const isMisfit = () => new Set(misfits.map(({ record }) => record));
  for (const place of places) {
    const { element, allowed, size, least } = place;
    if (!(element instanceof SVGTextElement)) continue;
    const width = element.getBBox().width;
    if (width <= allowed) continue;
    const ratio = (allowed / width) * 0.995;
    const node = element.childNodes.length === 1 ? element.firstChild : null;
    const lines = node instanceof Text ? place.lines : 1;
    // Letter spacing is a length of its own: it has to shrink with the letters.
    const spacing = Number.parseFloat(getComputedStyle(element).letterSpacing);
    const shrinkTo = (part: number) => {
      element.style.fontSize = `${size * part}px`;
      if (Number.isFinite(spacing) && spacing !== 0) element.style.letterSpacing = `${spacing * part}px`;
    };
    if (ratio >= Math.max(0.66, least)) {
      writes.push(() => shrinkTo(ratio));
      continue;
    }
    // As SVG lays it out: white space as one space, none at the ends.
    const text = (node?.nodeValue ?? '').replace(/\s+/g, ' ').trim();
    const lineHeight = number(element, 'data-line-height', 1.15) * size;
    const height = number(element, 'data-fit-height', Infinity);
    let chosen = { shrink: ratio, at: [] as number[] };
    for (let count = 2; count <= lines; count++) {
      const best = bestLines(element, text, count);
      if (best === undefined) break;
      const shrink = Math.min(1, (allowed / best.width) * 0.99, height / (lineHeight * count));
      if (shrink > chosen.shrink * 1.02) chosen = { shrink, at: best.at };
    }
    const { shrink, at } = chosen;
    if (shrink < least) {
      fail(place, width, allowed);
      continue;
    }
    writes.push(() => {
      shrinkTo(shrink);
      if (at.length === 0) return;
      const grow = element.getAttribute('data-wrap-grow') ?? 'both';
      const rise = grow === 'down' ? 0 : lineHeight * shrink * at.length * (grow === 'up' ? 1 : 0.5);
      const x = element.getAttribute('x') ?? '0';
      element.textContent = '';
      const ends = [0, ...at, text.length];
      for (let line = 0; line <= at.length; line++) {
        const span = document.createElementNS('http://www.w3.org/2000/svg', 'tspan');
        span.setAttribute('x', x);
        span.setAttribute('dy', String(line === 0 ? -rise : lineHeight * shrink));
        span.textContent = text.slice(ends[line], ends[line + 1]).trim();
        element.append(span);
      }
    });
  }
  for (const write of writes) write();

  // HTML wraps by itself; what still runs out of its box shrinks, step by step.
  const boxes = places.filter((place) => !(place.element instanceof SVGTextElement));
  const over = ({ element }: Place) => {
    let box = element as HTMLElement;
    while (getComputedStyle(box).display === 'inline' && box.parentElement !== null) box = box.parentElement;
    const [width, height] = [
      box.clientWidth / Math.max(1, box.scrollWidth - 1),
      box.clientHeight / Math.max(1, box.scrollHeight - 1),
    ];
    const isClipped = getComputedStyle(box).overflowY !== 'visible' || box.style.height !== '';
    return Math.min(1, width, isClipped ? height : 1);
  };
  const shrunk = new Map<Place, number>();
  for (let pass = 0; pass < 8; pass++) {
    const ratios = boxes.map((place) => ({ place, ratio: over(place) })).filter(({ ratio }) => ratio < 1);
    if (ratios.length === 0) break;
    for (const { place, ratio } of ratios) {
      const now = Math.max(place.least, (shrunk.get(place) ?? 1) * Math.max(0.8, Math.min(0.97, ratio)));
      shrunk.set(place, now);
      (place.element as HTMLElement).style.fontSize = `${place.size * now}px`;
    }
  }
  const failed = isMisfit();
  for (const place of places) {
    if (failed.has(place.record)) continue;
    const rect = place.element.getBoundingClientRect();
    if (place.element instanceof SVGTextElement) {
      const width = place.element.getBBox().width;
      if (width > place.allowed * 1.02) fail(place, width, place.allowed);
    } else if (over(place) < 1) {
      fail(place, place.element.scrollWidth, place.element.clientWidth);
    }
    const { page } = place;
    if (
      rect.width > 0 &&
      (rect.left < page.left - 1 ||
        rect.right > page.right + 1 ||
        rect.top < page.top - 1 ||
        rect.bottom > page.bottom + 1)
    )
      fail(place, rect.width, page.width);
  }
  for (const record of isMisfit()) pages[record]?.remove();
  return misfits;
}
