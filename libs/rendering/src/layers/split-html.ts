import type { Split } from './split.ts';

/**
 * Runs in the page, after bindSlots: splits a template in HTML. A slot moves with the block whose lines it shares; everything else keeps its place in both
 * layers and is painted in one. Stands alone.
 */
export function splitHtml(): Split {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  document.body.replaceChildren(state.prototype);
  const paper = state.prototype.getBoundingClientRect();
  const whyWhole: string[] = [];
  const why = (reason: string) => {
    if (!whyWhole.includes(reason)) whyWhole.push(reason);
  };
  const nameOf = (element: Element) => `<${element.localName}>${element.id === '' ? '' : ` "${element.id}"`}`;
  const effectsOf = (element: Element) => {
    const style = getComputedStyle(element);
    const isSet = (name: string) => !/^(?:|none|normal)(?:\s|$)/.test(style.getPropertyValue(name));
    return {
      blend: isSet('mix-blend-mode'),
      picture: isSet('filter') || isSet('mask-image') || isSet('backdrop-filter'),
      group: style.opacity !== '1' || isSet('clip-path'),
    };
  };
  const chainOf = (element: Element): Element[] => {
    const chain: Element[] = [];
    for (let at: Element | null = element; at !== null && at !== state.prototype; at = at.parentElement) chain.push(at);
    return chain;
  };
  const isBox = (element: Element) => !/^(?:inline|ruby|contents)/.test(getComputedStyle(element).display);
  const raised = (element: Element): Element => {
    const chain = chainOf(element);
    let top = chain.find((at) => at instanceof HTMLElement && isBox(at)) ?? element;
    for (const ancestor of chain) {
      const { blend, picture, group } = effectsOf(ancestor);
      if (ancestor.contains(top) && (blend || picture || group)) top = ancestor;
    }
    return top;
  };
  const roots = new Set<Element>();
  const add = (element: Element) => {
    const root = raised(element);
    if (chainOf(root).some((at) => roots.has(at))) return;
    for (const inner of roots) if (root.contains(inner)) roots.delete(inner);
    roots.add(root);
  };
  const spoken = [...document.styleSheets].some((sheet) =>
    [...sheet.cssRules].some(({ cssText }) => /attr\(|\[\s*(?:aria-label|alt|title|lang)/.test(cssText)),
  );
  const codes: Element[] = [];
  for (const element of state.prototype.querySelectorAll('[data-laurel-bound]')) {
    const { texts, image, qr, when, unless, each } =
      state.bindings[Number(element.getAttribute('data-laurel-bound'))] ?? {};
    const isFilled =
      (texts?.length ?? 0) > 0 ||
      image !== undefined ||
      when !== undefined ||
      unless !== undefined ||
      each !== undefined;
    if (qr && !isFilled) codes.push(element);
    else if (isFilled || spoken) add(element);
  }
  let code: Element | undefined;
  for (const drawing of codes) {
    // Nothing but the code itself may have an effect on it: else the browser draws it.
    const isPlain = chainOf(drawing).every((at) => {
      const { blend, picture, group } = effectsOf(at);
      return !blend && !picture && !group && !roots.has(at);
    });
    if (isPlain && code === undefined) code = drawing;
    else add(drawing);
  }
  const body = state.prototype.querySelector('.laurel-body');
  for (const root of roots) {
    if (body === null || root.contains(body))
      why('A slot stands in no block of its own: it shares its lines with the whole page.');
    for (const element of [...chainOf(root), ...root.querySelectorAll('*')]) {
      const { blend, picture } = effectsOf(element);
      if (blend) why(`A place that changes is blended with what lies under it: ${nameOf(element)}.`);
      if (picture) why(`A place that changes is masked or filtered: ${nameOf(element)}.`);
    }
  }
  let qr: Split['qr'];
  if (code !== undefined && whyWhole.length === 0) {
    const path = code.lastElementChild?.previousElementSibling as SVGPathElement;
    path.setAttribute('d', 'M0 0h1v1h-1z');
    const matrix = path.getScreenCTM() ?? new DOMMatrix();
    const box = path.getBoundingClientRect();
    path.removeAttribute('d');
    const points = [new DOMPoint(0, 0), new DOMPoint(1, 1)].map((point) => point.matrixTransform(matrix));
    const isTold =
      Math.abs((points[0]?.x ?? 0) - box.left) < 0.02 &&
      Math.abs((points[0]?.y ?? 0) - box.top) < 0.02 &&
      Math.abs((points[1]?.x ?? 0) - box.right) < 0.02 &&
      Math.abs((points[1]?.y ?? 0) - box.bottom) < 0.02;
    // Something may lie on it that this does not know: what is found at its middle has to be the code itself.
    const found = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    // On paper as on a screen, the corner of a drawing in HTML stands on a whole pixel.
    const { x, y } = code.getBoundingClientRect();
    const [left, top] = [x - paper.x, y - paper.y];
    const snapped = [matrix.e - paper.x + Math.round(left) - left, matrix.f - paper.y + Math.round(top) - top] as const;
    if (isTold && (found === null || code.contains(found) || found.contains(code)))
      qr = [matrix.a, matrix.b, matrix.c, matrix.d, ...snapped];
    else add(code);
  }
  const order = [...state.prototype.querySelectorAll('*')];
  return { moving: [...roots].map((root) => order.indexOf(root)).sort((a, b) => a - b), qr, whyWhole, obstacles: [] };
}
