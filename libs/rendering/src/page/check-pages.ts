import type { FilledText, Misfit, Obstacle, Standing, TextPair } from './page-state.ts';

export interface CheckedPages {
  readonly misfits: readonly Misfit[];
  /** The records whose pages stand otherwise than `standing`: their layers would not meet. */
  readonly moved: readonly number[];
  /** The pairs of texts, by their numbers in the template, that run into each other. */
  readonly pairs: readonly TextPair[];
}

/**
 * Runs in the page, after the texts are fitted: finds texts that leave the page or run into another text (but for `pairs`, which do so in the template itself), and
 * pages that stand otherwise than `standing` or reach one of `obstacles`. Takes the pages out that fail in this or failed before. Stands alone.
 */
export function checkPages(
  failed: readonly number[],
  pairs: readonly TextPair[],
  standing: Standing | undefined,
  obstacles: readonly Obstacle[],
): CheckedPages {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  const misfits: Misfit[] = [];
  const found = new Map<string, TextPair>();
  const known = new Set(pairs.map(([one, other]) => `${one} ${other}`));
  const paper = state.pages[0]?.getBoundingClientRect() ?? new DOMRect();
  const texts = new Map<number, FilledText[]>();
  for (const text of state.filled) {
    const list = texts.get(text.record);
    if (list === undefined) texts.set(text.record, [text]);
    else list.push(text);
  }
  // The ink of a line begins below the top of its box and ends above its foot.
  const ink = ({ area = new DOMRect(), size = 0 }: FilledText) => [area.top + size * 0.3, area.bottom - size * 0.25];
  for (const [record, list] of texts) {
    list.forEach((text, at) => {
      const { area, slot } = text;
      if (area === undefined || area.width === 0) return;
      if (area.left < -1 || area.right > paper.width + 1 || area.top < -1 || area.bottom > paper.height + 1) {
        const [width, allowed] =
          area.width > paper.width ? [area.width, paper.width] : [Math.max(area.right, area.bottom), paper.width];
        misfits.push({ record, slot, width: Math.round(width), allowed: Math.round(allowed), into: 'page' });
      }
      if (text.mayOverlap) return;
      const [top = 0, bottom = 0] = ink(text);
      for (const other of list.slice(at + 1)) {
        if (other.mayOverlap || other.area === undefined || other.area.width === 0) continue;
        const [otherTop = 0, otherBottom = 0] = ink(other);
        const across = Math.min(area.right, other.area.right) - Math.max(area.left, other.area.left);
        const down = Math.min(bottom, otherBottom) - Math.max(top, otherTop);
        if (across <= 0.5 || down <= 0.5 || other.element.contains(text.element)) continue;
        if (text.element.contains(other.element) || text.element.textContent === other.element.textContent) continue;
        const pair: TextPair = [text.text, other.text];
        found.set(pair.join(' '), pair);
        if (known.has(pair.join(' '))) continue;
        misfits.push({
          record,
          slot,
          width: Math.round(area.width),
          allowed: Math.round(Math.max(0, area.width - across)),
          into: other.slot,
        });
      }
    });
  }
  const moved: number[] = [];
  const gone = new Set([...failed, ...misfits.map(({ record }) => record)]);
  if (standing !== undefined) {
    state.pages.forEach((page, record) => {
      if (gone.has(record)) return;
      const { x, y } = page.getBoundingClientRect();
      const isWithin = (element: Element, box: readonly number[] | undefined, slack: number) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        const [wasLeft = 0, wasTop = 0, wasRight = 0, wasBottom = 0] = box ?? [];
        return slack === 0
          ? Math.abs(left - x - wasLeft) < 0.02 &&
              Math.abs(top - y - wasTop) < 0.02 &&
              Math.abs(right - x - wasRight) < 0.02 &&
              Math.abs(bottom - y - wasBottom) < 0.02
          : left - x > wasLeft - slack &&
              top - y > wasTop - slack &&
              right - x < wasRight + slack &&
              bottom - y < wasBottom + slack;
      };
      const stands =
        [...page.querySelectorAll('[data-laurel-still]')].every((element, at) =>
          isWithin(element, standing.still[at], 0),
        ) &&
        [...page.querySelectorAll('[data-laurel-moving]')].every((element) =>
          isWithin(element, standing.reach[Number(element.getAttribute('data-laurel-moving'))], 1),
        );
      if (!stands) moved.push(record);
    });
  }
  for (const { text, record, area, size = 0, element } of state.filled) {
    if (area === undefined || gone.has(record) || moved.includes(record)) continue;
    // Letters of Latin do not fill their cells, Greek and Cyrillic ones and those with two marks stay in them, others leave them.
    const said = element.textContent ?? '';
    const isLatin = /^[\u0020-\u024f\u2010-\u2027]*$/.test(said);
    const isLike = /^[\u0020-\u052f\u1e00-\u1fff\u2010-\u2027]*$/.test(said);
    const [up, down] = isLatin ? [-0.2, -0.03] : isLike ? [0, 0] : [0.4, 0.4];
    const isInWay = ([of, left, top, right, bottom]: Obstacle) =>
      of === text &&
      area.left < right &&
      left < area.right &&
      area.top - up * size < bottom &&
      top < area.bottom + down * size;
    if (obstacles.some(isInWay)) moved.push(record);
  }
  for (const record of new Set([...gone, ...moved])) state.pages[record]?.remove();
  return { misfits, moved, pairs: [...found.values()] };
}
