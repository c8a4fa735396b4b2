import type { Obstacle } from '../page/page-state.ts';
import type { Split } from './split.ts';

/**
 * Runs in the page, after measureParts: splits a template in SVG. What a value can change moves, and with it every group whose effect (opacity, a clip) holds it together with others, and
 * whatever is painted later on a place that most values take; what is heavy and only few reach is an obstacle. Stands alone.
 */
export function splitSvg(): Split {
  const state = globalThis.laurel;
  const svg = state?.prototype.firstElementChild;
  if (state === undefined || !(svg instanceof SVGSVGElement)) throw new Error('No template in SVG is loaded.');
  // An ornament of so many letters is printed anew for each certificate rather than to be an obstacle; more parts than that are no layer.
  const [LIGHT, MOST] = [300, 400];
  const paper = state.prototype.getBoundingClientRect();
  const all = [...svg.querySelectorAll('*')];
  const whyWhole: string[] = [];
  const why = (reason: string) => {
    if (!whyWhole.includes(reason)) whyWhole.push(reason);
  };
  const nameOf = (element: Element) => `<${element.localName}>${element.id === '' ? '' : ` "${element.id}"`}`;
  const hidden =
    'defs,symbol,pattern,mask,clipPath,marker,filter,linearGradient,radialGradient,title,desc,metadata,style';
  const effectsOf = (element: Element) => {
    const style = getComputedStyle(element);
    const isSet = (name: string) => !/^(?:|none|normal)(?:\s|$)/.test(style.getPropertyValue(name));
    return {
      blend: isSet('mix-blend-mode'),
      picture: isSet('filter') || isSet('mask-image') || isSet('mask') || isSet('backdrop-filter'),
      group: style.opacity !== '1' || isSet('clip-path'),
    };
  };
  const chainOf = (element: Element): Element[] => {
    const chain: Element[] = [];
    for (let at: Element | null = element; at !== null && at !== state.prototype; at = at.parentElement) chain.push(at);
    return chain;
  };
  const raised = (element: Element): Element => {
    let top = element;
    for (const ancestor of chainOf(element)) {
      const { blend, picture, group } = effectsOf(ancestor);
      if (blend || picture || group) top = ancestor;
    }
    return top;
  };
  const roots = new Set<Element>();
  const isMoving = (element: Element) => chainOf(element).some((at) => roots.has(at));
  const add = (element: Element) => {
    if (isMoving(element)) return;
    const root = raised(element);
    for (const inner of roots) if (root.contains(inner)) roots.delete(inner);
    roots.add(root);
  };

  let code: SVGSVGElement | undefined;
  const spoken = [...document.styleSheets].some((sheet) =>
    [...sheet.cssRules].some(({ cssText }) => /attr\(|\[\s*(?:aria-label|alt|title|lang)/.test(cssText)),
  );
  for (const element of svg.querySelectorAll('[data-laurel-bound]')) {
    const binding = state.bindings[Number(element.getAttribute('data-laurel-bound'))];
    if (binding === undefined || element.closest('title,desc,metadata') !== null) continue;
    const isPainted =
      binding.texts.length > 0 ||
      binding.image !== undefined ||
      binding.qr === true ||
      binding.when !== undefined ||
      binding.unless !== undefined ||
      binding.each !== undefined;
    if (!isPainted && !spoken) continue;
    if (element.closest(hidden) !== null) why(`A slot stands in a part that is drawn elsewhere: ${nameOf(element)}.`);
    if (
      binding.qr &&
      binding.when === undefined &&
      binding.unless === undefined &&
      code === undefined &&
      raised(element) === element &&
      !isMoving(element)
    )
      code = element as SVGSVGElement;
    else add(element.closest('text') ?? element);
  }
  if (svg.hasAttribute('data-laurel-bound') && roots.has(svg)) why('The whole drawing changes with a value.');
  for (const use of svg.querySelectorAll('use')) {
    const target = (use.getAttribute('href') ?? use.getAttribute('xlink:href') ?? '').trim().slice(1);
    const copied = target === '' ? null : svg.querySelector(`#${CSS.escape(target)}`);
    if (copied?.querySelector('[data-laurel-bound]') || copied?.hasAttribute('data-laurel-bound'))
      why(`A <use> copies what holds a slot: ${nameOf(copied)}.`);
  }

  const meets = (one: DOMRect, other: DOMRect) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  /** How much there is to print for each certificate: outlines by their length, words by their letters; a picture is named. */
  const weigh = (elements: readonly Element[]) =>
    elements.reduce(
      (sum, element) =>
        sum +
        40 +
        (element.localName === 'text' ? (element.textContent ?? '').length : 0) +
        ['d', 'points'].reduce((all, name) => all + (element.getAttribute(name) ?? '').length, 0),
      0,
    );
  const holds = (one: readonly DOMRect[], others: readonly DOMRect[]) =>
    one.some((place) => others.some((other) => meets(place, other)));
  /** All of an ornament, if nothing in it changes. */
  const ornamentOf = (leaf: Element) => {
    const chain = chainOf(leaf);
    const top = chain[chain.length - 2] ?? leaf;
    return top.querySelector('[data-laurel-bound]') === null ? top : leaf;
  };
  let obstacles: Obstacle[] = [];
  const { parts = [] } = state;
  // What is raised may begin earlier than what raised it: from the start again, until nothing more moves.
  for (let isSettled = false; !isSettled && whyWhole.length === 0;) {
    isSettled = true;
    const usual: DOMRect[] = [];
    const reached: { text: number | undefined; places: readonly DOMRect[] }[] = [];
    let ofCode: readonly DOMRect[] = [];
    obstacles = [];
    for (const part of parts) {
      const { leaf, reach } = part;
      const isOnCode = holds(reach, ofCode);
      if (isMoving(leaf)) {
        usual.push(...part.usual);
        reached.push({ text: part.text, places: reach });
      } else {
        const isInWay = holds(reach, usual);
        const near = reached.filter(({ places }) => holds(reach, places));
        const isLight = weigh([ornamentOf(leaf), ...ornamentOf(leaf).querySelectorAll('*')]) <= LIGHT;
        if (!isInWay && near.length === 0 && leaf === code) ofCode = reach;
        if (
          !isInWay &&
          (near.length === 0 || (leaf !== code && !isLight && near.every(({ text }) => text !== undefined)))
        ) {
          for (const { text = -1 } of near)
            for (const { left, top, right, bottom } of reach) obstacles.push([text, left, top, right, bottom]);
          if (!isOnCode) continue;
        } else {
          add(leaf);
          usual.push(...reach);
          reached.push({ text: undefined, places: reach });
          if (leaf === code) code = undefined;
          if (roots.has(leaf) && !isOnCode) continue;
          isSettled = false;
          break;
        }
      }
      if (!isOnCode) continue;
      add(code as Element);
      code = undefined;
      isSettled = false;
      break;
    }
    if (roots.size > MOST) why(`More than ${MOST} parts of the drawing change, or are painted over what does.`);
  }

  for (const root of roots) {
    if (root === svg) {
      why('The whole drawing is one group with an effect.');
      continue;
    }
    for (const element of [...chainOf(root), ...root.querySelectorAll('*')]) {
      const { blend, picture } = effectsOf(element);
      if (blend) why(`A place that changes is blended with what lies under it: ${nameOf(element)}.`);
      if (picture) why(`A place that changes is masked or filtered: ${nameOf(element)}.`);
    }
  }
  const late = [...roots].flatMap((root) => [root, ...root.querySelectorAll('*')]);
  const weight = weigh(late);
  if (weight > 60_000 && weight > weigh(all) / 2)
    why(
      'More than half of the drawing would have to be printed for each certificate: slots stand under it or in its groups.',
    );
  let qr: Split['qr'];
  if (code !== undefined) {
    const path = code.lastElementChild?.previousElementSibling as SVGPathElement;
    const matrix = path.getScreenCTM() ?? new DOMMatrix();
    qr = [matrix.a, matrix.b, matrix.c, matrix.d, matrix.e - paper.x, matrix.f - paper.y];
  }
  const order = [...state.prototype.querySelectorAll('*')];
  return { moving: [...roots].map((root) => order.indexOf(root)).sort((a, b) => a - b), qr, whyWhole, obstacles };
}
