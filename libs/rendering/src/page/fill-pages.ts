import type { SlotPart } from '../slots/slot-part.ts';
import type { PageRecord } from './page-state.ts';

/** How Han characters are drawn by the language of a text. */
export type HanFamilies = Readonly<Record<'zh' | 'ja' | 'ko', string>>;

/**
 * Runs in the page: replaces what stands there by one copy of the prototype for each record, filled. Values become text nodes and attributes, never markup.
 * Stands alone.
 */
export function fillPages(records: readonly PageRecord[], images: readonly string[], han: HanFamilies): void {
  const state = globalThis.laurel;
  if (state === undefined) throw new Error('No template is loaded.');
  const { prototype, bindings } = state;
  const languageOf = (text: string, language: string): 'zh' | 'ja' | 'ko' => {
    if (/[\u3040-\u30ff\uff66-\uff9f]/.test(text)) return 'ja';
    if (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(text)) return 'ko';
    return language.startsWith('ja') ? 'ja' : language.startsWith('ko') ? 'ko' : 'zh';
  };
  const pages = document.createDocumentFragment();
  for (const record of records) {
    const page = prototype.cloneNode(true) as HTMLElement;
    const say = (parts: readonly SlotPart[]) =>
      parts.map((part) => (typeof part === 'string' ? part : (record.values[part.slot] ?? ''))).join('');
    const elements = [...page.querySelectorAll<HTMLElement | SVGElement>('[data-laurel-bound]')];
    elements.forEach((element, at) => {
      const binding = bindings[at];
      if (binding === undefined) return;
      element.removeAttribute('data-laurel-bound');
      const isAbsent = (slot: string) => (record.values[slot] ?? '') === '' && record.images[slot] === undefined;
      if (binding.when?.some(isAbsent) || (binding.unless !== undefined && !isAbsent(binding.unless)))
        return element.remove();
      if (binding.qr) {
        const [paper, path] = element.children;
        element.setAttribute('viewBox', `0 0 ${record.qr.size} ${record.qr.size}`);
        paper?.setAttribute('width', String(record.qr.size));
        paper?.setAttribute('height', String(record.qr.size));
        path?.setAttribute('d', record.qr.path);
        return;
      }
      if (binding.image !== undefined) {
        const name = element instanceof SVGElement ? 'href' : 'src';
        const image = images[record.images[binding.image] ?? -1];
        if (image !== undefined) element.setAttribute(name, image);
        else if (!element.hasAttribute(name)) return element.remove();
      }
      for (const { name, parts } of binding.attributes) element.setAttribute(name, say(parts));
      if (binding.texts.length === 0) return;
      const nodes = binding.texts.map(({ child, parts }) => ({ node: element.childNodes[child] as Text, parts }));
      let said = '';
      for (const { node, parts } of nodes) {
        node.data = say(parts);
        said += node.data;
      }
      // An element that says nothing but one slot has nothing to say without it.
      const [first] = nodes;
      const isOnlySlot =
        nodes.length === 1 &&
        first !== undefined &&
        element.childNodes.length === 1 &&
        first.parts.filter((part) => typeof part !== 'string' || part.trim() !== '').length === 1;
      if (isOnlySlot && said.trim() === '') return element.remove();
      if (
        binding.family &&
        /[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]/.test(said)
      ) {
        element.style.fontFamily = `${binding.family.own},${han[languageOf(said, record.language)]},${binding.family.rest}`;
      }
      element.setAttribute(
        'data-laurel-filled',
        (first?.parts.find((part) => typeof part !== 'string') as { slot: string } | undefined)?.slot ?? '',
      );
    });
    pages.append(page);
  }
  document.body.replaceChildren(pages);
}
