/** A part of a drawing that is painted, with the places on its page, in CSS pixels, that it can take. */
export interface DrawnPart {
  readonly leaf: Element;
  /** The number of the text that is filled in here. */
  readonly text: number | undefined;
  readonly reach: readonly DOMRect[];
  /** What most values take of `reach`. */
  readonly usual: readonly DOMRect[];
}

/**
 * Runs in the page, after bindSlots: measures what a template in SVG paints, in the order of painting, from the first slot on; of texts that are filled in, the room for words like `tall`. Leaves
 * it in the page for splitSvg. Stands alone.
 */
export function measureParts(tall: readonly string[]): void {
  const state = globalThis.laurel;
  const svg = state?.prototype.firstElementChild;
  if (state === undefined || !(svg instanceof SVGSVGElement)) throw new Error('No template in SVG is loaded.');
  document.body.replaceChildren(state.prototype);
  const paper = state.prototype.getBoundingClientRect();
  const hidden =
    'defs,symbol,pattern,mask,clipPath,marker,filter,linearGradient,radialGradient,title,desc,metadata,style';
  const around = (points: readonly (readonly [number, number])[], matrix: DOMMatrix): DOMRect => {
    const mapped = points.map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
    const xs = mapped.map(({ x }) => x - paper.x);
    const ys = mapped.map(({ y }) => y - paper.y);
    const [left, top] = [Math.min(...xs), Math.min(...ys)];
    return new DOMRect(left, top, Math.max(...xs) - left, Math.max(...ys) - top);
  };
  const canvas = document.createElement('canvas').getContext('2d');
  /** How far the ink of words in the font of a text rises above its line and falls below. */
  const inkOf = (text: SVGTextElement, samples: readonly string[]): [number, number] => {
    const style = getComputedStyle(text);
    if (canvas === null) throw new Error('The browser gives no canvas.');
    canvas.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const inks = samples.map((sample) => canvas.measureText(sample));
    return [
      Math.max(...inks.map(({ actualBoundingBoxAscent }) => actualBoundingBoxAscent)),
      Math.max(...inks.map(({ actualBoundingBoxDescent }) => actualBoundingBoxDescent)),
    ];
  };
  /** In CSS pixels of the page, with room for strokes. */
  const boxOf = (element: Element): DOMRect => {
    const style = getComputedStyle(element);
    const matrix = (element as SVGGraphicsElement).getScreenCTM() ?? new DOMMatrix();
    const scale = Math.max(Math.hypot(matrix.a, matrix.b), Math.hypot(matrix.c, matrix.d));
    const stroke = style.stroke === 'none' ? 0 : (Number.parseFloat(style.strokeWidth) || 0) * scale;
    let { x, y, width, height } = element.getBoundingClientRect();
    if (element instanceof SVGTextElement && element.childElementCount === 0 && element.y.baseVal.numberOfItems <= 1) {
      // The cell of a line is higher than its letters.
      const line = element.y.baseVal.numberOfItems > 0 ? element.y.baseVal.getItem(0).value : 0;
      const [up, down] = inkOf(element, [element.textContent ?? '']);
      const cell = element.getBBox();
      ({ x, y, width, height } = around(
        [cell.x, cell.x + cell.width].flatMap((side) => [[side, line - up] as const, [side, line + down] as const]),
        matrix,
      ));
      [x, y] = [x + paper.x, y + paper.y];
    }
    // A mitred corner sticks out further than its stroke is wide; markers of a path are as wide as several.
    const isPointed = /^(?:path|polyline|polygon|line)$/.test(element.localName);
    const hasMarkers = style.markerStart + style.markerMid + style.markerEnd !== 'nonenonenone';
    const out = stroke * (hasMarkers ? 6 : isPointed ? 1.5 : 0.6) + 0.5;
    return new DOMRect(x - paper.x - out, y - paper.y - out, width + 2 * out, height + 2 * out);
  };
  /**
   * The place that the text of a slot can take: as wide as it may be, on all lines, with the ink of what climbs and falls in any script;
   * `isUsual`: that of most, as wide as it may be where that is written, on one line.
   */
  const reachOf = (text: SVGTextElement, isUsual: boolean): DOMRect => {
    const style = getComputedStyle(text);
    const matrix = text.getScreenCTM() ?? new DOMMatrix();
    const number = (name: string, otherwise: number) => {
      const value = Number.parseFloat(text.getAttribute(name) ?? '');
      return Number.isFinite(value) ? value : otherwise;
    };
    // What getBBox gives is no DOMRect: it has no sides.
    const box = DOMRect.fromRect(text.getBBox());
    const size = Number.parseFloat(style.fontSize);
    const first = (list: SVGLengthList) => (list.numberOfItems > 0 ? list.getItem(0).value : 0);
    const [x, line] = [first(text.x.baseVal), first(text.y.baseVal)];
    const isOneLine =
      text.y.baseVal.numberOfItems <= 1 && text.querySelector('[y],[dy]') === null && !text.hasAttribute('dy');
    const ink = inkOf(text, isUsual ? ['HbdfgjpqyÉç'] : tall).map((length) => length * (isUsual ? 1 : 1.1)) as [
      number,
      number,
    ];
    const [up, down] = isOneLine ? ink : [Math.max(ink[0], line - box.top), Math.max(ink[1], box.bottom - line)];
    const lines = isUsual ? 0 : Math.min(3, number('data-wrap', 1)) - 1;
    const wrapped = Math.min(lines * size * number('data-line-height', 1.15), number('data-fit-height', Infinity));
    const grow = text.getAttribute('data-wrap-grow') ?? 'both';
    const [top, bottom] = [
      line - up - (grow === 'down' ? 0 : grow === 'up' ? wrapped : wrapped / 2),
      line + down + (grow === 'up' ? 0 : grow === 'down' ? wrapped : wrapped / 2),
    ];
    const isLeftward = style.textAnchor === (style.direction === 'rtl' ? 'start' : 'end');
    const allowed = number('data-fit-width', 0);
    const side = style.textAnchor === 'middle' ? allowed / 2 : allowed;
    const far = 4 * Math.max(paper.width, paper.height);
    if (isUsual && allowed === 0)
      return around(
        [
          [box.left, top],
          [box.right, bottom],
        ],
        matrix,
      );
    // Without a width of its own a text takes what the page has.
    const left =
      allowed === 0
        ? -far
        : Math.min(
            x - (style.textAnchor === 'middle' || isLeftward ? side : 0) - size * 0.2,
            isOneLine ? Infinity : box.left,
          );
    const right =
      allowed === 0
        ? far
        : Math.max(
            x + (style.textAnchor === 'middle' || !isLeftward ? side : 0) + size * 0.2,
            isOneLine ? -Infinity : box.right,
          );
    const place = around(
      [
        [left, top],
        [right, top],
        [left, bottom],
        [right, bottom],
      ],
      matrix,
    );
    if (allowed > 0) return place;
    const margin = paper.width * 0.04 - size;
    const [from, to] = [Math.max(place.left, margin), Math.min(place.right, paper.width - margin)];
    const isUpright = Math.abs(matrix.b) + Math.abs(matrix.c) < 1e-6;
    return isUpright ? new DOMRect(from, place.top, Math.max(0, to - from), place.height) : place;
  };
  const rowsOf = (leaf: Element, one: DOMRect): DOMRect[] => {
    const found = [one];
    const each = leaf.closest('[data-laurel-each]');
    const repeat = each && state.bindings[Number(each.getAttribute('data-laurel-bound'))]?.each;
    const matrix = (each as SVGGraphicsElement | null)?.getScreenCTM();
    if (repeat && matrix)
      for (let row = 1; row < repeat.most; row++) {
        const [dx, dy] = repeat.step.map((step) => step * row) as [number, number];
        const [x, y] = [one.x + matrix.a * dx + matrix.c * dy, one.y + matrix.b * dx + matrix.d * dy];
        found.push(new DOMRect(x, y, one.width, one.height));
      }
    return found.filter(
      ({ left, top, right, bottom }) => left < paper.width && right > 0 && top < paper.height && bottom > 0,
    );
  };
  const all = [...svg.querySelectorAll('*')];
  const first = all.findIndex((element) => element.hasAttribute('data-laurel-bound'));
  state.parts = all
    .slice(Math.max(0, first))
    .filter(
      (element) =>
        /^(?:path|rect|circle|ellipse|line|polyline|polygon|text|image|use|svg)$/.test(element.localName) &&
        !element.hasAttribute('data-laurel-marker') &&
        element.closest(hidden) === null &&
        !element.parentElement?.closest('text,[data-laurel-slot-name="qr"]') &&
        (element.localName !== 'svg' || element.hasAttribute('data-laurel-slot-name')),
    )
    .map((leaf): DrawnPart => {
      if (!(leaf instanceof SVGTextElement && leaf.hasAttribute('data-laurel-text'))) {
        const rows = rowsOf(leaf, boxOf(leaf));
        return { leaf, text: undefined, reach: rows, usual: rows };
      }
      const [reach, usual] = [rowsOf(leaf, reachOf(leaf, false)), rowsOf(leaf, reachOf(leaf, true))];
      return { leaf, text: Number(leaf.getAttribute('data-laurel-text')), reach, usual };
    });
}
