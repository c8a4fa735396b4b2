import type { SlotPart } from '../slots/slot-part.ts';
import type { Binding } from './page-state.ts';

/** The families that every text gets behind its own: see fonts/font-stack.ts. */
export interface Families {
  readonly serif: string;
  readonly sans: string;
  readonly scripts: string;
  readonly han: string;
}

/**
 * Runs in the page, after loadTemplate: finds what each element has to be filled with, by the parsed texts, draws the frame of the QR code, and pins the families
 * of every text. Gives the slots that the template has. Stands alone.
 */
export async function bindSlots(
  parsed: [string, SlotPart[]][],
  families: Families,
  images: Record<string, string>,
): Promise<string[]> {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  const known = new Map(parsed);
  const used = new Set<string>();
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
  const drawQr = (element: Element) => {
    const drawing = document.createElementNS(svgName, 'svg');
    const isInSvg = element.namespaceURI === svgName;
    for (const name of isInSvg ? ['x', 'y', 'width', 'height', 'transform'] : ['class', 'style', 'width', 'height']) {
      const value = element.getAttribute(name);
      if (value !== null) drawing.setAttribute(name, value);
    }
    const paper = document.createElementNS(svgName, 'rect');
    paper.setAttribute('fill', '#fff');
    const path = document.createElementNS(svgName, 'path');
    path.setAttribute('fill', '#000');
    path.setAttribute('fill-rule', 'evenodd');
    drawing.append(paper, path);
    if (isInSvg || element.localName === 'img') {
      element.replaceWith(drawing);
    } else {
      drawing.setAttribute('style', 'display:block;width:100%;height:100%');
      element.replaceChildren(drawing);
    }
    bindingOf(drawing).qr = true;
    used.add('qr');
  };
  for (const element of [...state.prototype.querySelectorAll('*')]) {
    const marked = element.getAttribute('data-slot') ?? element.getAttribute('data-laurel-slot');
    if (marked === 'qr') {
      drawQr(element);
      continue;
    }
    const link = ['href', 'xlink:href', 'src'].find((name) => known.has(element.getAttribute(name) ?? ''));
    const picture = only(known.get(link === undefined ? '' : (element.getAttribute(link) ?? '')));
    if (link !== undefined) element.removeAttribute(link);
    if (picture === 'qr') {
      drawQr(element);
      continue;
    }
    if (picture !== undefined) {
      used.add(picture);
      const fixed = images[picture];
      if (fixed !== undefined) element.setAttribute(element.namespaceURI === svgName ? 'href' : 'src', fixed);
      bindingOf(element).image = picture;
    }
    const when = (element.getAttribute('data-when') ?? '').trim();
    if (when !== '') bindingOf(element).when = when.split(/\s+/);
    const unless = (element.getAttribute('data-unless') ?? '').trim();
    if (unless !== '') bindingOf(element).unless = unless;
    for (const { name, value } of [...element.attributes]) {
      const parts = known.get(value);
      if (parts === undefined) continue;
      if (/^(?:aria-label|alt|title|lang)$/.test(name)) bindingOf(element).attributes.push({ name, parts });
      else element.removeAttribute(name);
    }
    element.childNodes.forEach((node, child) => {
      const parts = node instanceof Text ? known.get(node.data) : undefined;
      if (parts === undefined || !parts.some((part) => typeof part !== 'string')) return;
      for (const part of parts) if (typeof part !== 'string') used.add(part.slot);
      bindingOf(element).texts.push({ child, parts });
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
      families.scripts,
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
  state.bindings = [];
  for (const element of state.prototype.querySelectorAll('*')) {
    const binding = found.get(element);
    if (binding === undefined) continue;
    element.setAttribute('data-laurel-bound', '');
    state.bindings.push(binding);
    for (const slot of [...(binding.when ?? []), binding.unless]) if (slot !== undefined) used.add(slot);
  }
  await Promise.all(
    [...state.prototype.querySelectorAll('img')]
      .filter((img) => img.getAttribute('src') !== null)
      .map((img) => img.decode()),
  );
  await document.fonts.ready;
  return [...used];
}
