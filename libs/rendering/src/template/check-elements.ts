import type { Finding, Markup, MarkupElement } from './markup.ts';

const SCRIPTS = new Set(['script', 'handler', 'listener']);
const BANNED = new Map<string, string>([
  ...['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'portal', 'fencedframe'].map(
    (name) => [name, 'Draw what it shows into the template itself.'] as const,
  ),
  ...['link', 'base'].map(
    (name) => [name, 'Write styles into a <style> element, and pictures and fonts as data: addresses.'] as const,
  ),
  ...['form', 'input', 'button', 'select', 'textarea'].map(
    (name) => [name, 'Use plain text: a certificate is paper.'] as const,
  ),
  ...['audio', 'video', 'source', 'track', 'marquee', 'noscript', 'template', 'slot', 'math'].map(
    (name) => [name, 'Use text, shapes and pictures: a certificate is paper.'] as const,
  ),
  ...['animate', 'animatemotion', 'animatetransform', 'animatecolor', 'set', 'discard'].map(
    (name) => [name, 'Write the state that is to be printed.'] as const,
  ),
  [
    'foreignobject',
    'Write the text as <text>, with data-wrap where it may take more lines; or make the whole template HTML.',
  ],
]);

/** How many elements the browser may have to draw, with all copies that <use> makes. */
const MOST_DRAWN = 50_000;
const DEEPEST = 200;

/** What may not stand in a template at all, and how large it may grow. */
export function checkElements({ elements }: Markup): Finding[] {
  const findings: Finding[] = [];
  for (const element of elements) {
    const advice = BANNED.get(element.name);
    if (SCRIPTS.has(element.name)) {
      findings.push({
        at: element.at,
        rule: 'script',
        reason: `<${element.name}> would run a program; nothing in a template runs.`,
        advice: 'Delete it. Long text is fitted without a script: see data-fit-width and data-wrap.',
      });
    } else if (advice !== undefined) {
      findings.push({
        at: element.at,
        rule: 'element',
        reason: `<${element.name}> is not allowed in a template.`,
        advice,
      });
    } else if (element.name === 'meta' && element.attributes.some(({ name }) => name.toLowerCase() === 'http-equiv')) {
      findings.push({
        at: element.at,
        rule: 'element',
        reason: '<meta http-equiv> can lead the page elsewhere.',
        advice: 'Delete it; <meta charset="utf-8"> may stay.',
      });
    }
  }
  return [...findings, ...checkGrowth(elements)];
}

function checkGrowth(elements: readonly MarkupElement[]): Finding[] {
  const children = new Map<MarkupElement, MarkupElement[]>();
  const byId = new Map<string, MarkupElement>();
  const depths = new Map<MarkupElement, number>();
  for (const element of elements) {
    const depth = element.parent === undefined ? 0 : (depths.get(element.parent) ?? 0) + 1;
    depths.set(element, depth);
    if (depth > DEEPEST) {
      const reason = `Elements stand in one another more than ${DEEPEST} deep.`;
      return [{ at: element.at, rule: 'expansion', reason, advice: 'Take out groups that only hold one another.' }];
    }
    if (element.parent) {
      const siblings = children.get(element.parent);
      if (siblings === undefined) children.set(element.parent, [element]);
      else siblings.push(element);
    }
    const id = element.attributes.find(({ name }) => name === 'id')?.value;
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
  }
  const sizes = new Map<MarkupElement, number>();
  const open = new Set<MarkupElement>();
  const size = (element: MarkupElement): number => {
    const known = sizes.get(element);
    if (known !== undefined) return known;
    // In itself, or so deep that it might as well be.
    if (open.has(element) || open.size > 20 * DEEPEST) return Infinity;
    open.add(element);
    let sum = 1;
    for (const child of children.get(element) ?? []) sum += size(child);
    if (element.name === 'use') {
      const target = element.attributes.find(({ name }) => /^(?:xlink:)?href$/.test(name))?.value.trim() ?? '';
      const copied = target.startsWith('#') ? byId.get(target.slice(1)) : undefined;
      if (copied !== undefined) sum += size(copied);
    }
    open.delete(element);
    sizes.set(element, sum);
    return sum;
  };
  const [root] = elements;
  if (root === undefined || size(root) <= MOST_DRAWN) return [];
  const worst = elements.filter(({ name }) => name === 'use').sort((a, b) => size(b) - size(a))[0] ?? root;
  return [
    {
      at: worst.at,
      rule: 'expansion',
      reason: `With all copies made by <use>, the template has more than ${MOST_DRAWN} elements${Number.isFinite(size(root)) ? '' : ', or copies itself'}.`,
      advice: 'Draw ornaments as one <path>, and let no <use> copy what holds other <use>.',
    },
  ];
}
