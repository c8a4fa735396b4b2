import type { SlotPart } from '../slots/slot-part.ts';
import type { Binding } from './page-state.ts';

/** The families that every text gets behind its own: see fonts/font-stack.ts. */
export interface Families {
  readonly serif: string;
  readonly sans: string;
  readonly scripts: { readonly serif: string; readonly sans: string };
  readonly han: string;
}

/**
 * Runs in the page, after loadTemplate: finds what each element has to be filled with, by the parsed texts, draws the frame of the QR code, sets the markers
 * (pdf/page-marker.ts) around each text, and pins the families of every text. Gives the slots and the lists that the template has. Stands alone.
 */
export async function bindSlots(
  parsed: [string, SlotPart[]][],
  families: Families,
  images: Record<string, string>,
): Promise<{ slots: string[]; lists: string[] }> {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  const known = new Map(parsed);
  const used = new Set<string>();
  const lists = new Set<string>();
  const svgName = 'http://www.w3.org/2000/svg';
  const only = (parts: readonly SlotPart[] | undefined): string | undefined => {
    const said = (parts ?? []).filter((part) => typeof part !== 'string' || part.trim() !== '');
    const first = said[0];
    return said.length === 1 && first !== undefined && typeof first !== 'string' ? first.slot : undefined;
  };
  const found = new Map<Element, Binding>();
  const bindingOf = (element: Element): Binding => {
    const known = found.get(element) ?? { texts: [], attributes: [] };
    found.set(element, known);
    return known;
  };
  const draw = (name: string, attributes: Record<string, string>) => {
    const element = document.createElementNS(svgName, name);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const marker = (kind: 'start' | 'end', attributes: Record<string, string>) =>
    draw('rect', { class: 'laurel-marker', 'data-laurel-marker': kind, ...attributes });
  const drawQr = (element: Element) => {
    const isInSvg = element.namespaceURI === svgName;
    const names = isInSvg ? ['x', 'y', 'width', 'height', 'transform'] : ['class', 'style', 'width', 'height'];
    const drawing = draw('svg', { viewBox: '0 0 1 1', 'data-laurel-text': '', 'data-laurel-slot-name': 'qr' });
    for (const name of [...names, 'data-when', 'data-unless']) {
      const value = element.getAttribute(name);
      if (value !== null) drawing.setAttribute(name, value);
    }
    drawing.append(
      marker('start', {}),
      draw('rect', { fill: '#fff', width: '1', height: '1' }),
      draw('path', { fill: '#000', 'fill-rule': 'evenodd' }),
      marker('end', {}),
    );
    if (isInSvg || element.localName === 'img') {
      element.replaceWith(drawing);
    } else {
      drawing.setAttribute('style', 'display:block;width:100%;height:100%');
      element.replaceChildren(drawing);
    }
    bindingOf(drawing).qr = true;
    used.add('qr');
    return drawing;
  };
  const conditions = (element: Element) => {
    // A picture that the template brings is always there: what depends on it depends on no record.
    const isThere = (slot: string) => Object.hasOwn(images, slot);
    const when = (element.getAttribute('data-when') ?? '').split(/\s+/).filter((slot) => slot !== '' && !isThere(slot));
    if (when.length > 0) bindingOf(element).when = when;
    const unless = (element.getAttribute('data-unless') ?? '').trim();
    if (isThere(unless)) element.remove();
    else if (unless !== '') bindingOf(element).unless = unless;
  };
  const repeats = (element: Element) => {
    const list = (element.getAttribute('data-each') ?? '').trim();
    if (list === '' || element.parentElement?.closest('[data-laurel-each]')) return;
    const number = (name: string, otherwise: number) => {
      const value = Number.parseFloat(element.getAttribute(name) ?? '');
      return Number.isFinite(value) ? value : otherwise;
    };
    let repeated = element;
    if (element.namespaceURI === svgName && element.localName !== 'g') {
      // Its markers stand beside a text: all of it is one group, which is copied.
      repeated = draw('g', {});
      element.replaceWith(repeated);
      repeated.append(element);
    }
    repeated.setAttribute('data-laurel-each', '');
    bindingOf(repeated).each = {
      list,
      step: [number('data-each-step-x', 0), number('data-each-step', 0)],
      most: Math.min(200, number('data-each-most', 200)),
    };
    used.add(list);
    lists.add(list);
  };
  for (const element of [...state.prototype.querySelectorAll('*')]) {
    const marked = element.getAttribute('data-slot') ?? element.getAttribute('data-laurel-slot');
    const link = ['href', 'xlink:href', 'src'].find((name) => known.has(element.getAttribute(name) ?? ''));
    const picture = only(known.get(link === undefined ? '' : (element.getAttribute(link) ?? '')));
    if (marked === 'qr' || picture === 'qr') {
      conditions(drawQr(element));
      continue;
    }
    repeats(element);
    if (link !== undefined) element.removeAttribute(link);
    if (picture !== undefined) {
      used.add(picture);
      const fixed = Object.hasOwn(images, picture) ? images[picture] : undefined;
      if (fixed !== undefined) element.setAttribute(element.namespaceURI === svgName ? 'href' : 'src', fixed);
      else bindingOf(element).image = picture;
    }
    conditions(element);
    for (const { name, value } of [...element.attributes]) {
      const parts = known.get(value);
      if (parts === undefined) continue;
      if (/^(?:aria-label|alt|title|lang)$/.test(name)) bindingOf(element).attributes.push({ name, parts });
      else element.removeAttribute(name);
    }
    [...element.childNodes].forEach((node, child) => {
      const parts = node instanceof Text ? known.get(node.data) : undefined;
      if (parts === undefined || !parts.some((part) => typeof part !== 'string')) return;
      for (const part of parts) if (typeof part !== 'string') used.add(part.slot);
      if (element.namespaceURI !== svgName && /flex|grid/.test(getComputedStyle(element).display)) {
        // The box that the browser would make around such a text: its markers have to stand inside.
        const box = document.createElement('laurel-text');
        node.replaceWith(box);
        box.append(node);
        bindingOf(box).texts.push({ child: 0, parts });
      } else {
        bindingOf(element).texts.push({ child, parts });
      }
    });
  }
  // Families first all read, then all written: what a child inherits is read before its parent changes.
  const generic = /^(?:serif|sans-serif|monospace|cursive|fantasy|system-ui|ui-.*|math|emoji)$/;
  const texts = [...state.prototype.querySelectorAll('*')].filter((element) =>
    [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''),
  );
  const read = texts.map((element) => {
    const list = getComputedStyle(element)
      .fontFamily.split(',')
      .map((name) => name.trim());
    const isSerif = list.includes('serif') && !list.includes('sans-serif');
    const own = [
      ...list.filter((name) => !generic.test(name)),
      isSerif ? families.serif : families.sans,
      isSerif ? families.scripts.serif : families.scripts.sans,
    ];
    return {
      element: element as HTMLElement | SVGElement,
      own: own.join(','),
      rest: isSerif ? families.sans : families.serif,
    };
  });
  for (const { element, own, rest } of read) {
    element.style.fontFamily = `${own},${families.han},${rest}`;
    const binding = found.get(element);
    if (binding) binding.family = { own, rest };
  }
  /** Where the markers of a text of HTML stand: around its whole block, if that is painted at once. */
  const blockOf = (element: HTMLElement): HTMLElement => {
    let block = element;
    while (getComputedStyle(block).display === 'inline' && block.parentElement !== null) block = block.parentElement;
    const isAtOnce = [...block.querySelectorAll('*')].every((inner) => {
      const { display, position, float, opacity, transform, filter } = getComputedStyle(inner);
      const isInLine = display === 'inline' && position === 'static' && float === 'none';
      return inner.localName === 'br' || (isInLine && opacity === '1' && transform === 'none' && filter === 'none');
    });
    const isMarked = (pseudo: string) => !['none', 'normal'].includes(getComputedStyle(block, pseudo).content);
    return isAtOnce && !isMarked('::before') && !isMarked('::after') ? block : element;
  };
  for (const [element, { texts }] of found) {
    const slot = texts[0]?.parts.find((part) => typeof part !== 'string')?.slot;
    if (slot === undefined) continue;
    const isInSvg = element instanceof SVGElement;
    const root = isInSvg ? element.closest('text') : blockOf(element as HTMLElement);
    const hasOwn = (pseudo: string) =>
      root instanceof HTMLElement && !/^(?:none|normal)$/.test(getComputedStyle(root, pseudo).content);
    if (root === null || root.hasAttribute('data-laurel-text') || hasOwn('::before') || hasOwn('::after')) continue;
    root.setAttribute('data-laurel-text', '');
    root.setAttribute('data-laurel-slot-name', slot);
    if (!(root instanceof SVGTextElement)) continue;
    const start = (list: SVGAnimatedLengthList) => (list.baseVal.numberOfItems > 0 ? list.baseVal.getItem(0).value : 0);
    const at: Record<string, string> = { x: String(start(root.x)), y: String(start(root.y)) };
    const transform = root.getAttribute('transform');
    if (transform !== null) at['transform'] = transform;
    root.before(marker('start', at));
    root.after(marker('end', at));
  }
  [...state.prototype.querySelectorAll('[data-laurel-text]')].forEach((text, at) =>
    text.setAttribute('data-laurel-text', String(at)),
  );
  for (const rect of state.prototype.querySelectorAll('[data-laurel-marker]')) {
    // Where a style of the template paints every <rect>, a marker's colour has to be a style too.
    rect.setAttribute('fill', '#010203');
    if (getComputedStyle(rect).fill !== 'rgb(1, 2, 3)') rect.setAttribute('data-laurel-marker', 'styled');
  }
  state.bindings = [];
  for (const element of state.prototype.querySelectorAll('*')) {
    const binding = found.get(element);
    if (binding === undefined) continue;
    element.setAttribute('data-laurel-bound', String(state.bindings.length));
    state.bindings.push(binding);
    const [first] = binding.texts;
    if (binding.texts.length === 1 && element.childNodes.length === 1 && only(first?.parts) !== undefined)
      binding.isOnly = true;
    for (const slot of [...(binding.when ?? []), binding.unless]) if (slot !== undefined) used.add(slot);
  }
  await Promise.all(
    [...state.prototype.querySelectorAll('img')]
      .filter((img) => img.getAttribute('src') !== null)
      .map((img) => img.decode()),
  );
  await document.fonts.ready;
  return { slots: [...used], lists: [...lists] };
}
