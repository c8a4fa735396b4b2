import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import type { Finding, Markup, MarkupElement } from './markup.ts';

/** Reads an HTML file as a browser does (WHATWG HTML, 13.2): there is none that it could not read. */
export function readHtml(source: string): { markup: Markup; findings: Finding[] } {
  const elements: MarkupElement[] = [];
  const texts: Markup['texts'][number][] = [];
  // In the order of the file, without recursion: depth is the author's choice.
  const next = [...parse(source, { sourceCodeLocationInfo: true }).childNodes]
    .reverse()
    .map((node): [DefaultTreeAdapterTypes.ChildNode, MarkupElement | undefined] => [node, undefined]);
  for (let step = next.pop(); step !== undefined; step = next.pop()) {
    const [node, parent] = step;
    if (node.nodeName === '#text') {
      const { value, sourceCodeLocation } = node as DefaultTreeAdapterTypes.TextNode;
      if (value.trim() !== '') texts.push({ value, at: sourceCodeLocation?.startOffset ?? 0, parent });
      continue;
    }
    if (!('tagName' in node)) continue;
    const location = node.sourceCodeLocation;
    const at = location?.startOffset ?? 0;
    const element: MarkupElement = {
      name: node.tagName.toLowerCase(),
      at,
      attributes: node.attrs.map(({ name, prefix, value }) => {
        const whole = prefix ? `${prefix}:${name}` : name;
        return { name: whole, value, at: location?.attrs?.[whole.toLowerCase()]?.startOffset ?? at };
      }),
      parent,
    };
    elements.push(element);
    const inside = 'content' in node ? [...node.childNodes, ...node.content.childNodes] : node.childNodes;
    for (let at = inside.length - 1; at >= 0; at--) {
      const child = inside[at];
      if (child !== undefined) next.push([child, element]);
    }
  }
  return { markup: { elements, texts }, findings: [] };
}
