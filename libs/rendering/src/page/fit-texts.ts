import type { FilledText, Misfit, TextPlace } from './page-state.ts';

/**
 * Runs in the page, after fillPages: makes each filled text of an SVG template fit its place. All widths are read, then all sizes written, so that a run costs two layouts.
 * A text shrinks to `data-fit-min` (0.45) of its size; below 0.66 (`data-wrap-below`), with `data-wrap="2"` (or 3), it takes the number of lines that leaves it largest, within
 * `data-fit-height`. Gives the texts that do not fit even so. Stands alone.
 */
export function fitTexts(): Misfit[] {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  const misfits: Misfit[] = [];
  const paper = state.pages[0]?.getBoundingClientRect() ?? new DOMRect();
  const number = (element: Element, name: string, otherwise: number) => {
    const value = Number.parseFloat(element.getAttribute(name) ?? '');
    return Number.isFinite(value) ? value : otherwise;
  };
  const matrixOf = (element: SVGTextElement, record: number) => {
    const { x = 0, y = 0 } = state.pages[record]?.getBoundingClientRect() ?? {};
    return new DOMMatrix().translate(-x, -y).multiply(element.getScreenCTM() ?? new DOMMatrix());
  };
  /** What of a text is the same on each page: read once for a template. */
  const placeOf = (element: SVGTextElement, { text, record, isRow }: FilledText): TextPlace => {
    const known = state.places[text];
    if (known !== undefined) return isRow ? { ...known, matrix: matrixOf(element, record) } : known;
    const style = getComputedStyle(element);
    const matrix = matrixOf(element, record);
    let allowed = number(element, 'data-fit-width', 0);
    if (allowed === 0) {
      // As wide as the page leaves room on the side, or the sides, to which the text runs.
      const first = (list: SVGLengthList) => (list.numberOfItems > 0 ? list.getItem(0).value : 0);
      const at = new DOMPoint(first(element.x.baseVal), first(element.y.baseVal)).matrixTransform(matrix).x;
      const [left, right] = [at - paper.width * 0.04, paper.width * 0.96 - at];
      const isLeftward = style.textAnchor === (style.direction === 'rtl' ? 'start' : 'end');
      const room = style.textAnchor === 'middle' ? 2 * Math.min(left, right) : isLeftward ? left : right;
      allowed = room / Math.hypot(matrix.a, matrix.b);
    }
    const place = {
      size: Number.parseFloat(style.fontSize),
      spacing: Number.parseFloat(style.letterSpacing) || 0,
      least: number(element, 'data-fit-min', 0.45),
      lines: Math.min(3, number(element, 'data-wrap', 1)),
      allowed,
      matrix,
      mayOverlap:
        Math.abs(matrix.b) + Math.abs(matrix.c) > 1e-6 || Number(style.opacity) * Number(style.fillOpacity) < 0.5,
    };
    state.places[text] = place;
    return place;
  };
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
  const bestLines = (element: SVGTextElement, text: string, count: number) => {
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

  const writes: (() => void)[] = [];
  const fitted: { text: FilledText; place: TextPlace; shrink: number; box: DOMRect | undefined }[] = [];
  for (const text of state.filled) {
    const { element } = text;
    if (!(element instanceof SVGTextElement)) continue;
    const place = placeOf(element, text);
    const box = element.getBBox();
    const { allowed, size, least, spacing } = place;
    const { width } = box;
    if (width <= allowed) {
      fitted.push({ text, place, shrink: 1, box });
      continue;
    }
    const shrinkTo = (shrink: number) => {
      fitted.push({ text, place, shrink, box: undefined });
      const written = element.getAttribute('style');
      return () => {
        state.undo.push(() => element.setAttribute('style', written ?? ''));
        element.style.fontSize = `${size * shrink}px`;
        // Letter spacing is a length of its own: it has to shrink with the letters.
        if (spacing !== 0) element.style.letterSpacing = `${spacing * shrink}px`;
      };
    };
    const ratio = (allowed / width) * 0.995;
    const node = element.childNodes.length === 1 ? element.firstChild : null;
    const lines = node instanceof Text ? place.lines : 1;
    if (ratio >= Math.max(number(element, 'data-wrap-below', 0.66), least)) {
      writes.push(shrinkTo(ratio));
      continue;
    }
    // As SVG lays it out: white space as one space, none at the ends.
    const said = (node?.nodeValue ?? '').replace(/\s+/g, ' ').trim();
    const lineHeight = number(element, 'data-line-height', 1.15) * size;
    const height = number(element, 'data-fit-height', Infinity);
    let chosen = { shrink: ratio, at: [] as number[] };
    for (let count = 2; count <= lines; count++) {
      const best = bestLines(element, said, count);
      if (best === undefined) break;
      const shrink = Math.min(1, (allowed / best.width) * 0.99, height / (lineHeight * count));
      if (shrink > chosen.shrink * 1.02) chosen = { shrink, at: best.at };
    }
    const { shrink, at } = chosen;
    if (shrink < least) {
      misfits.push({ record: text.record, slot: text.slot, width: Math.round(width), allowed: Math.round(allowed) });
      continue;
    }
    writes.push(shrinkTo(shrink));
    if (at.length === 0) continue;
    writes.push(() => {
      const grow = element.getAttribute('data-wrap-grow') ?? 'both';
      const rise = grow === 'down' ? 0 : lineHeight * shrink * at.length * (grow === 'up' ? 1 : 0.5);
      const x = element.getAttribute('x') ?? '0';
      const nodes = [...element.childNodes];
      state.undo.push(() => element.replaceChildren(...nodes));
      element.textContent = '';
      const ends = [0, ...at, said.length];
      for (let line = 0; line <= at.length; line++) {
        const span = document.createElementNS('http://www.w3.org/2000/svg', 'tspan');
        span.setAttribute('x', x);
        span.setAttribute('dy', String(line === 0 ? -rise : lineHeight * shrink));
        span.textContent = said.slice(ends[line], ends[line + 1]).trim();
        element.append(span);
      }
    });
  }
  for (const write of writes) write();
  for (const { text, place, shrink, box: known } of fitted) {
    const { matrix, size, allowed } = place;
    const box = known ?? (text.element as SVGTextElement).getBBox();
    if (box.width > allowed * 1.02)
      misfits.push({
        record: text.record,
        slot: text.slot,
        width: Math.round(box.width),
        allowed: Math.round(allowed),
      });
    const xs: number[] = [];
    const ys: number[] = [];
    for (const x of [box.x, box.x + box.width])
      for (const y of [box.y, box.y + box.height]) {
        xs.push(matrix.a * x + matrix.c * y + matrix.e);
        ys.push(matrix.b * x + matrix.d * y + matrix.f);
      }
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    text.area = new DOMRect(left, top, Math.max(...xs) - left, Math.max(...ys) - top);
    text.size = size * shrink * Math.hypot(matrix.c, matrix.d);
    text.mayOverlap = place.mayOverlap;
  }
  return misfits;
}
