/**
 * Runs in the page, after bindSlots: makes the two layers of a template out of its prototype, by the elements that move (see split-svg.ts and split-html.ts). In SVG the
 * moving layer loses all that stays and that nothing in it needs; in HTML everything keeps its place in both layers and is painted in one. With
 * `isCodeDrawn` the QR code is drawn by the writer. Stands alone.
 */
export function makeLayers(moving: readonly number[], isCodeDrawn: boolean, isSvg: boolean): void {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  type Drawn = HTMLElement | SVGElement;
  const copy = () => {
    const page = state.prototype.cloneNode(true) as HTMLElement;
    const all = [...page.querySelectorAll<Drawn>('*')];
    const roots = moving.map((at) => all[at]).filter((root) => root !== undefined);
    if (roots.length !== moving.length) throw new Error('The plan is of another template than the one in the page.');
    const isMoving = new Set(roots.flatMap((root) => [root, ...root.querySelectorAll<Drawn>('*')]));
    for (const root of roots)
      if (root instanceof SVGTextElement && root.hasAttribute('data-laurel-text'))
        for (const marker of [root.previousElementSibling, root.nextElementSibling])
          if (marker) isMoving.add(marker as Drawn);
    return { page, all, roots, isMoving };
  };
  const hide = (element: Drawn) => element.style.setProperty('visibility', 'hidden', 'important');
  const still = copy();
  for (const element of still.isMoving) hide(element);
  for (const drawn of still.page.querySelectorAll<Drawn>('[data-laurel-marker],[data-laurel-slot-name="qr"] *'))
    hide(drawn);

  const changing = copy();
  const codes = [...changing.page.querySelectorAll<Drawn>('[data-laurel-slot-name="qr"]')].filter(
    (code) => isCodeDrawn && !changing.isMoving.has(code),
  );
  if (isSvg) {
    const kept = new Set<Element>(changing.isMoving);
    for (const root of changing.roots)
      for (let at = root.parentElement; at !== null && at !== changing.page; at = at.parentElement) kept.add(at);
    const ids = new Map([...changing.all].reverse().map((element) => [element.id, element]));
    const styles = [...document.querySelectorAll('style[data-laurel]')].map((style) => style.textContent ?? '');
    const told: string[] = [...styles];
    const tell = (element: Element) => told.push(...[...element.attributes].map(({ value }) => value));
    kept.forEach(tell);
    for (let text = told.pop(); text !== undefined; text = told.pop()) {
      for (const [, inUrl, alone] of text.matchAll(/url\(\s*["']?#([^"')]+)["']?\s*\)|^\s*#(\S+)\s*$/g)) {
        const element = ids.get(inUrl ?? alone ?? '');
        if (element === undefined || kept.has(element)) continue;
        for (const inner of [element, ...element.querySelectorAll('*')]) {
          kept.add(inner);
          tell(inner);
        }
        for (let at = element.parentElement; at !== null && at !== changing.page; at = at.parentElement) kept.add(at);
      }
    }
    for (const element of changing.all) if (!kept.has(element) && element.parentElement !== null) element.remove();
    for (const element of kept) {
      if (changing.isMoving.has(element as Drawn)) continue;
      // What is said of the drawing as a whole is said to nobody on paper.
      element.removeAttribute('data-laurel-bound');
      for (const node of [...element.childNodes])
        if (node instanceof Text && element.closest('text,style') === null) node.remove();
    }
  } else {
    document.body.replaceChildren(changing.page);
    const read = changing.all.map((element) => {
      const style = getComputedStyle(element);
      return {
        element,
        isVisible: style.visibility === 'visible',
        isDrawn:
          style.display !== 'none' &&
          style.display !== 'contents' &&
          (element.localName === 'img' ||
            element.localName === 'svg' ||
            element.localName === 'hr' ||
            [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '') ||
            style.backgroundImage !== 'none' ||
            style.backgroundColor !== 'rgba(0, 0, 0, 0)' ||
            style.boxShadow !== 'none' ||
            style.borderStyle !== 'none' ||
            style.outlineStyle !== 'none' ||
            ['::before', '::after'].some(
              (pseudo) => !['none', 'normal'].includes(getComputedStyle(element, pseudo).content),
            )),
      };
    });
    hide(changing.page);
    for (const { element, isVisible, isDrawn } of read) {
      if (changing.isMoving.has(element)) continue;
      if (isDrawn && element.closest('svg') === (element.localName === 'svg' ? element : null))
        element.setAttribute('data-laurel-still', '');
      if (isVisible) hide(element);
    }
    for (const { element, isVisible } of read)
      if (isVisible && changing.roots.includes(element)) element.style.setProperty('visibility', 'visible');
  }
  changing.roots.forEach((root, at) => root.setAttribute('data-laurel-moving', String(at)));
  for (const code of codes) {
    code.removeAttribute('data-laurel-bound');
    code.removeAttribute('data-laurel-text');
    code.replaceChildren();
  }
  if (isSvg) {
    // Read anew: copies of what was never changed share their attributes, which are most of a copy's cost.
    const words = document.createTreeWalker(changing.page, NodeFilter.SHOW_TEXT);
    const blank: Text[] = [];
    for (let node = words.nextNode() as Text | null; node !== null; node = words.nextNode() as Text | null)
      if (node.data.trim() === '' && node.parentElement?.closest('text') === null) blank.push(node);
    for (const node of blank) node.remove();
    const drawing = changing.page.firstElementChild;
    const text = drawing === null ? '' : new XMLSerializer().serializeToString(drawing);
    const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
    if (drawing !== null && documentElement.localName === 'svg')
      drawing.replaceWith(document.importNode(documentElement, true));
  }
  state.layers = { moving: changing.page, still: still.page };
}
