import type { Finding, Markup, MarkupElement } from './markup.ts';
import { isKnownElement } from './known-elements.ts';

const SCRIPTS = new Set(['script', 'handler', 'listener']);
const PAPER = 'Use text, shapes and pictures: a certificate is paper.';
const STILL = 'Write the state that is to be printed.';
const ADVICE = new Map<string, string>([
  ...['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'portal', 'fencedframe'].map(
    (name) => [name, 'Draw what it shows into the template itself.'] as const,
  ),
  ...['link', 'base'].map(
    (name) => [name, 'Write styles into a <style> element, and pictures and fonts as data: addresses.'] as const,
  ),
  ...['form', 'input', 'button', 'select', 'textarea'].map(
    (name) => [name, 'Use plain text: a certificate is paper.'] as const,
  ),
  ...['audio', 'video', 'source', 'picture', 'track', 'marquee', 'noscript', 'template', 'slot', 'math', 'canvas'].map(
    (name) => [name, PAPER] as const,
  ),
  ...['animate', 'animatemotion', 'animatetransform', 'animatecolor', 'set', 'discard'].map(
    (name) => [name, STILL] as const,
  ),
  ...[
    'feturbulence',
    'femorphology',
    'feconvolvematrix',
    'fedisplacementmap',
    'fediffuselighting',
    'fespecularlighting',
    'fetile',
    'feimage',
  ].map(
    (name) =>
      [
        name,
        'Draw the effect as a picture (PNG), or use feGaussianBlur, feOffset, feFlood, feBlend, feColorMatrix.',
      ] as const,
  ),
  [
    'foreignobject',
    'Write the text as <text>, with data-wrap where it may take more lines; or make the whole template HTML.',
  ],
]);
const MOST_TEXT = 100_000;

/** What may not stand in a template at all. */
export function checkElements({ kind, elements, texts }: Markup): Finding[] {
  const findings: Finding[] = [];
  for (const element of elements) findings.push(...checkElement(element, kind));
  let length = 0;
  for (const { value, parent, at } of texts) {
    if (parent?.name === 'style') continue;
    const before = length;
    length += value.length;
    if (before <= MOST_TEXT && length > MOST_TEXT)
      findings.push({
        at,
        rule: 'size',
        reason: `It has more than ${MOST_TEXT} characters of text.`,
        advice: 'A certificate has one page; delete what cannot be seen on it.',
      });
  }
  return findings;
}

function checkElement(element: MarkupElement, kind: Markup['kind']): Finding[] {
  const { name, space, at } = element;
  if (SCRIPTS.has(name)) {
    const reason = `<${name}> would run a program; nothing in a template runs.`;
    return [
      {
        at,
        rule: 'script',
        reason,
        advice: 'Delete it. Long text is fitted without a script: see data-fit-width and data-wrap.',
      },
    ];
  }
  const isCostly = name.startsWith('fe') && ADVICE.has(name);
  const advice = ADVICE.get(name);
  if (isCostly)
    return [{ at, rule: 'cost', reason: `<${name}> can keep the browser busy for seconds.`, advice: advice ?? PAPER }];
  if (advice !== undefined) return [{ at, rule: 'element', reason: `<${name}> is not allowed in a template.`, advice }];
  if (name === 'meta' && element.attributes.some(({ name }) => name.toLowerCase() === 'http-equiv')) {
    const reason = '<meta http-equiv> can lead the page elsewhere.';
    return [{ at, rule: 'element', reason, advice: 'Delete it; <meta charset="utf-8"> may stay.' }];
  }
  if (kind === 'svg' && space === 'html')
    return [
      {
        at,
        rule: 'element',
        reason: `<${name}> of HTML stands in an SVG file.`,
        advice: 'Use <text> and shapes, or make the whole template HTML.',
      },
    ];
  if (!isKnownElement(name, space))
    return [{ at, rule: 'element', reason: `<${name.slice(0, 40)}> is not known in a template.`, advice: PAPER }];
  return [];
}
