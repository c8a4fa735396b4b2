import type { SlotPart } from '../slots/slot-part.ts';
import type { Binding, FilledText, KeptPage, Layer, MarkedText, Misfit, PageRecord } from './page-state.ts';

/** How Han characters are drawn by the language of a text. */
export type HanFamilies = Readonly<Record<'zh' | 'ja' | 'ko', string>>;

/** For each record what its markers number, in the order in which they are painted; and the lists with too many rows. */
export interface FilledPages {
  readonly texts: readonly (readonly MarkedText[])[];
  readonly misfits: readonly Misfit[];
}

/**
 * Runs in the page: lets one copy of the prototype of a layer stand there for each record, filled. Values become text nodes and attributes, never markup. A copy of the last run is filled
 * again where it has the same parts: what a browser made of it is most of the cost. Without `isMarked` the markers are left out. Stands alone.
 */
export function fillPages(
  records: readonly PageRecord[],
  images: readonly string[],
  han: HanFamilies,
  layer: Layer,
  isMarked: boolean,
): FilledPages {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  const { bindings } = state;
  const prototype = layer === 'whole' ? state.prototype : state.layers?.[layer];
  if (prototype === undefined) throw new Error('The layers of the template are not made.');
  const languageOf = (text: string, language: string): 'zh' | 'ja' | 'ko' => {
    if (/[\u3040-\u30ff\uff66-\uff9f]/.test(text)) return 'ja';
    if (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(text)) return 'ko';
    return language.startsWith('ja') ? 'ja' : language.startsWith('ko') ? 'ko' : 'zh';
  };
  const familyOf = ({ own, rest }: { own: string; rest: string }, said: string, language: string) => {
    if (/[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]/.test(said))
      return `${own},${han[languageOf(said, language)]},${rest}`;
    // Urdu, by its language or by letters that only it has, is written in Nastaliq.
    const isUrdu =
      /[\u0679\u0688\u0691\u06ba\u06c1-\u06c3\u06d2\u06d3]/.test(said) ||
      (/^ur\b/.test(language) && /[\u0620-\u06ff]/.test(said));
    return isUrdu
      ? `${own.replace(/"?(?:Amiri|Noto Naskh Arabic)"?/, '"Laurel Nastaliq Urdu",$&')},${han.zh},${rest}`
      : undefined;
  };
  const misfits: Misfit[] = [];
  type Row = Readonly<Record<string, string>> | undefined;
  type Drawn = HTMLElement | SVGElement;
  // A slot may have the name of what every object has.
  const own = (values: Row, name: string) =>
    values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
  const valueOf = (slot: string, record: PageRecord, row: Row) =>
    (slot.startsWith('item.') ? own(row, slot.slice('item.'.length)) : own(record.values, slot)) ?? '';
  const say = (parts: readonly SlotPart[], record: PageRecord, row: Row) =>
    parts.map((part) => (typeof part === 'string' ? part : valueOf(part.slot, record, row))).join('');
  const isThere = (binding: Binding, record: PageRecord, row: Row): boolean => {
    const isAbsent = (slot: string) =>
      valueOf(slot, record, row) === '' &&
      record.images[slot] === undefined &&
      (record.lists?.[slot]?.length ?? 0) === 0;
    if (binding.when?.some(isAbsent) || (binding.unless !== undefined && !isAbsent(binding.unless))) return false;
    if (binding.image !== undefined && record.images[binding.image] === undefined) return false;
    return !binding.isOnly || say(binding.texts[0]?.parts ?? [], record, row).trim() !== '';
  };
  const write = (element: Drawn, binding: Binding, nodes: readonly Text[], record: PageRecord, row: Row) => {
    if (binding.qr) {
      if (layer === 'still') return;
      const [, paper, path] = element.children;
      element.setAttribute('viewBox', `0 0 ${record.qr.size} ${record.qr.size}`);
      paper?.setAttribute('width', String(record.qr.size));
      paper?.setAttribute('height', String(record.qr.size));
      path?.setAttribute('d', record.qr.path);
      return;
    }
    const set = (name: string, value: string) => {
      if (element.getAttribute(name) === value) return;
      const was = element.getAttribute(name);
      element.setAttribute(name, value);
      if (was !== null) state.undo.push(() => element.setAttribute(name, was));
    };
    const image = images[record.images[binding.image ?? ''] ?? -1];
    if (binding.image !== undefined && image !== undefined) set(element instanceof SVGElement ? 'href' : 'src', image);
    for (const { name, parts } of binding.attributes) set(name, say(parts, record, row));
    let said = '';
    binding.texts.forEach(({ parts }, at) => {
      const node = nodes[at];
      const text = say(parts, record, row);
      said += text;
      if (node !== undefined && node.data !== text) node.data = text;
    });
    const family = binding.family && familyOf(binding.family, said, record.language);
    if (family === undefined) return;
    const was = element.style.fontFamily;
    state.undo.push(() => (element.style.fontFamily = was));
    element.style.fontFamily = family;
  };
  /** With the markers that stand beside a text. */
  const drop = (element: Element) => {
    if (element instanceof SVGTextElement && element.hasAttribute('data-laurel-text')) {
      element.previousElementSibling?.remove();
      element.nextElementSibling?.remove();
    }
    element.remove();
  };
  type Bound = KeptPage['bound'][number] & { readonly isRow: boolean };
  const fill = (elements: readonly Drawn[], index: number, record: PageRecord, row: Row): Bound[] => {
    const bound: Bound[] = [];
    let copied: Element | undefined;
    for (const element of elements) {
      if (copied?.contains(element)) continue;
      const binding = bindings[Number(element.getAttribute('data-laurel-bound'))];
      if (binding === undefined) continue;
      if (!isThere(binding, record, row)) {
        const box = element.localName === 'laurel-text' ? element.parentElement : null;
        drop(box?.childElementCount === 1 ? box : element);
      } else if (binding.each !== undefined && row === undefined) {
        copied = element;
        bound.push(...repeat(element, binding.each, index, record));
      } else {
        const nodes = binding.texts.map(({ child }) => element.childNodes[child] as Text);
        write(element, binding, nodes, record, row);
        bound.push({ element, binding, nodes, isRow: row !== undefined });
      }
    }
    return bound;
  };
  const repeat = (element: Drawn, each: NonNullable<Binding['each']>, index: number, record: PageRecord): Bound[] => {
    const rows = record.lists?.[each.list] ?? [];
    if (rows.length > each.most)
      misfits.push({ record: index, slot: each.list, width: rows.length, allowed: each.most, unit: 'rows' });
    const [x, y] = each.step;
    const bound = rows.slice(0, each.most).flatMap((row, at) => {
      const copy = element.cloneNode(true) as Drawn;
      if (element instanceof SVGElement) {
        const moved = document.createElementNS(element.namespaceURI, 'g');
        moved.setAttribute('transform', `translate(${x * at} ${y * at})`);
        moved.append(copy);
        element.before(moved);
      } else {
        element.before(copy);
      }
      return fill([copy, ...copy.querySelectorAll<Drawn>('[data-laurel-bound]')], index, record, row);
    });
    element.remove();
    return bound;
  };
  const saidBy = (text: Element, record: PageRecord) =>
    text instanceof SVGSVGElement ? record.qr.says : (text.textContent ?? '').replace(/\s+/g, ' ').trim();
  const numbers: [number, number, string][] = [];
  /** Numbers the texts that are left. */
  const mark = (page: Element, record: PageRecord, isFirst: boolean): KeptPage['marked'] => {
    const marked: { element: Element; slot: string; number: number }[] = [];
    const colour = (kind: number) => `rgb(${kind},${marked.length >> 8},${marked.length & 255})`;
    for (const element of page.querySelectorAll<Drawn>('[data-laurel-text]')) {
      const [before, after] =
        element instanceof SVGSVGElement
          ? (['firstElementChild', 'lastElementChild'] as const)
          : (['previousElementSibling', 'nextElementSibling'] as const);
      const number = Number(element.getAttribute('data-laurel-text'));
      const markers = element instanceof SVGElement ? [element[before], element[after]] : [];
      if (!isMarked || saidBy(element, record) === '') {
        for (const marker of markers) marker?.remove();
        continue;
      }
      if (element instanceof SVGElement) {
        markers.forEach((marker, at) => {
          const wanted = colour(at + 1);
          // What a copy shares with its prototype costs nothing: the first page's numbers stay there for all.
          if (marker?.getAttribute('fill') !== wanted) marker?.setAttribute('fill', wanted);
          if (isFirst) numbers.push([number, at, wanted]);
          if (marker?.getAttribute('data-laurel-marker') === 'styled')
            (marker as SVGElement).style.setProperty('fill', wanted, 'important');
        });
      } else {
        element.style.setProperty('--laurel-start', colour(1));
        element.style.setProperty('--laurel-end', colour(2));
      }
      marked.push({ element, slot: element.getAttribute('data-laurel-slot-name') ?? '', number });
    }
    return marked;
  };
  const make = (record: PageRecord, index: number, shape: string): KeptPage => {
    const page = prototype.cloneNode(true) as HTMLElement;
    const bound = fill([...page.querySelectorAll<Drawn>('[data-laurel-bound]')], index, record, undefined).filter(
      ({ element }) => page.contains(element),
    );
    const roots = new Set<Element>();
    const texts = bound.flatMap(({ element, binding, isRow }) => {
      const root = element instanceof SVGElement ? (element.closest('text') ?? element) : element;
      if (binding.texts.length === 0 || roots.has(root)) return [];
      roots.add(root);
      const slot = binding.texts[0]?.parts.find((part) => typeof part !== 'string')?.slot ?? '';
      const text = Number(root.getAttribute('data-laurel-text') ?? -1);
      return [{ slot, element: root as SVGTextElement | HTMLElement, text, isRow }];
    });
    const marked = layer === 'still' ? [] : mark(page, record, index === 0);
    return { page, shape, bound, texts, marked };
  };

  for (const undo of state.undo.splice(0).reverse()) undo();
  const isKept = state.kept?.layer === layer && state.kept.isMarked && isMarked;
  const kept = isKept ? (state.kept?.pages ?? []) : [];
  if (!isKept) document.body.replaceChildren();
  // A copy with repeated parts, or a picture that one record has, is of no use to others.
  const isLasting = isMarked && layer !== 'still' && bindings.every(({ each }) => each === undefined);
  const texts: MarkedText[][] = [];
  const filled: FilledText[] = [];
  let last: Element | undefined;
  const pages = records.map((record, index): KeptPage => {
    const shape = bindings.map((binding) => (isThere(binding, record, undefined) ? '+' : '-')).join('');
    const known = kept[index];
    let page = known?.shape === shape && known.page.isConnected ? known : undefined;
    if (page !== undefined) {
      for (const { element, binding, nodes } of page.bound) write(element, binding, nodes, record, undefined);
      if (page.marked.some(({ element }) => saidBy(element, record) === '')) page = undefined;
    }
    if (page === undefined) {
      known?.page.remove();
      page = make(record, index, shape);
      if (last === undefined) document.body.prepend(page.page);
      else last.after(page.page);
    }
    last = page.page;
    texts.push(page.marked.map(({ element, slot, number }) => ({ number, slot, text: saidBy(element, record) })));
    for (const text of page.texts) filled.push({ isRow: false, ...text, record: index });
    return page;
  });
  while (last !== undefined && last.nextElementSibling !== null) last.nextElementSibling.remove();
  for (const [number, at, wanted] of numbers) {
    const text = prototype.querySelector(`[data-laurel-text="${number}"]`);
    const sides =
      text instanceof SVGSVGElement
        ? [text.firstElementChild, text.lastElementChild]
        : [text?.previousElementSibling, text?.nextElementSibling];
    if (sides[at]?.getAttribute('fill') !== wanted) sides[at]?.setAttribute('fill', wanted);
  }
  state.filled = filled;
  state.pages = pages.map(({ page }) => page);
  state.marked = pages.map(({ marked }) => marked);
  if (isLasting) state.kept = { layer, isMarked, pages };
  else delete state.kept;
  return { texts, misfits };
}
