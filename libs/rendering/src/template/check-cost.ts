import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import { attributeOf } from './attribute-of.ts';
import { localReferences } from './local-references.ts';
import type { Finding, Markup, MarkupElement } from './markup.ts';
import { matchingElements } from './matching-elements.ts';
import { outlineLength } from './outline-length.ts';
import { readCss } from './read-css.ts';
import { styleTexts } from './style-texts.ts';

// Measured: a filter step over a whole page costs 0.25 s, a mask 0.04 s, a soft shadow 0.003 s, 100,000 dashes 0.7 s and 4 MB.
const MOST = { filters: 24, masks: 40, shadows: 200, dashes: 50_000 } as const;
const WIDEST_REGION = 2;
const ADVICE =
  'Draw the effect once as a picture (PNG) with a transparent ground, or leave it out where nobody sees it.';

/** What would keep the browser busy, or make a file of many megabytes, though it is written in a few words. */
export function checkCost(markup: Markup): Finding[] {
  const findings: Finding[] = [];
  const sums = { filters: 0, masks: 0, shadows: 0, dashes: 0 };
  const add = (kind: keyof typeof sums, count: number, at: number) => {
    const before = sums[kind];
    sums[kind] += count;
    if (before > MOST[kind] || !(sums[kind] > MOST[kind])) return;
    const reason = {
      filters: `Filters work on more than ${MOST.filters} elements, each of their steps counted; each can cost a quarter of a second.`,
      masks: `Masks cover more than ${MOST.masks} elements.`,
      shadows: `There are more than ${MOST.shadows} soft shadows.`,
      dashes: `Dashed lines have more than ${MOST.dashes} dashes, so that a certificate would have megabytes.`,
    }[kind];
    findings.push({
      at,
      rule: 'cost',
      reason,
      advice: kind === 'dashes' ? 'Make the dashes longer than 0.2 mm.' : ADVICE,
    });
  };
  const steps = new Map<string, number>();
  for (const element of markup.elements) {
    if (element.name === 'filter') findings.push(...checkRegion(element));
    if (element.parent?.name !== 'filter') continue;
    const id = attributeOf(element.parent, 'id');
    steps.set(id, (steps.get(id) ?? 0) + (/^fe(?:gaussianblur|dropshadow)$/.test(element.name) ? 1 : 0.25));
  }
  for (const { from, id, by } of localReferences(markup, 100_000)) {
    if (by === 'filter') add('filters', Math.max(1, steps.get(id) ?? 0), from.at);
    if (/^(?:-webkit-)?mask/.test(by)) add('masks', 1, from.at);
  }
  const matching = matchingElements(markup);
  const textOf = new Map<MarkupElement, string>();
  for (const { value, parent } of markup.texts) if (parent) textOf.set(parent, (textOf.get(parent) ?? '') + value);
  const lengths = new Map<MarkupElement, number>();
  const lengthOf = (element: MarkupElement) => {
    const length = lengths.get(element) ?? outlineLength(element, textOf.get(element) ?? '');
    lengths.set(element, length);
    return length;
  };
  const order = new Map(markup.elements.map((element, at) => [element, at]));
  const inside = (element: MarkupElement) => inheriting(markup, element, order.get(element) ?? 0);
  const dash = (element: MarkupElement, sum: number, at: number) => {
    if (sum > 0 && sums.dashes <= MOST.dashes) add('dashes', lengthOf(element) / sum, at);
  };
  for (const element of markup.elements) {
    for (const { name, value, at } of element.attributes)
      if (name.toLowerCase() === 'stroke-dasharray')
        for (const each of [element, ...inside(element)])
          dash(
            each,
            value.split(/[\s,]+/).reduce((sum, one) => sum + Math.abs(Number.parseFloat(one) || 0), 0),
            at,
          );
  }
  for (const { css, isList, element, placeOf } of styleTexts(markup)) {
    readCss(
      css,
      {
        declaration({ name, value, selector, at }) {
          if (/^(?:-webkit-)?backdrop-filter$/.test(name))
            findings.push({
              at: placeOf(at),
              rule: 'cost',
              reason: `${name} works on the whole page, and paper shows nothing of it.`,
              advice: `Delete ${name}.`,
            });
          const per = costs(name, value);
          if (per === undefined) return;
          for (const one of element === undefined ? matching(selector) : [element]) {
            if (per.kind === 'dashes') for (const each of [one, ...inside(one)]) dash(each, per.count, placeOf(at));
            else add(per.kind, per.count, placeOf(at));
            if (sums[per.kind] > MOST[per.kind]) break;
          }
        },
      },
      isList,
    );
  }
  return findings;
}

function costs(
  name: string,
  value: readonly CSSToken[],
): { kind: 'filters' | 'shadows' | 'dashes'; count: number } | undefined {
  const of = (type: TokenType) => value.filter((token) => token[0] === type).length;
  if (name === 'filter') {
    const count = value.filter(
      (token) => token[0] === TokenType.Function && token[4].value.toLowerCase() !== 'url',
    ).length;
    return count === 0 ? undefined : { kind: 'filters', count };
  }
  if (/^(?:-webkit-)?box-shadow$|^text-shadow$/.test(name))
    return of(TokenType.Dimension) === 0
      ? undefined
      : { kind: 'shadows', count: Math.ceil(of(TokenType.Dimension) / 4) };
  if (name !== 'stroke-dasharray') return undefined;
  const lengths = value.map((token) =>
    token[0] === TokenType.Dimension || token[0] === TokenType.Number ? Math.abs(token[4].value) : 0,
  );
  return { kind: 'dashes', count: lengths.reduce((sum, length) => sum + length, 0) };
}

/** The shapes inside of an element that take its lines; not more of them than could matter. */
function inheriting({ elements }: Markup, element: MarkupElement, place: number): MarkupElement[] {
  if (element.name !== 'g' && element.name !== 'svg') return [];
  const inside: MarkupElement[] = [];
  const known = new Set([element]);
  for (let at = place + 1; at < elements.length && inside.length < 2000; at++) {
    const next = elements[at];
    if (next?.parent === undefined || !known.has(next.parent)) break;
    known.add(next);
    inside.push(next);
  }
  return inside;
}

function checkRegion(filter: MarkupElement): Finding[] {
  const sides = ['width', 'height'].map((name) => {
    const written = attributeOf(filter, name).trim();
    const number = Number.parseFloat(written) || 0;
    return written.endsWith('%') ? number / 100 : number;
  });
  const isOwn = attributeOf(filter, 'filterunits') === 'userSpaceOnUse';
  if (isOwn || Math.max(...sides) <= WIDEST_REGION) return [];
  const reason = `The filter works on ${Math.round(Math.max(...sides) * 100)} % of the width or height of what it is put on.`;
  return [
    { at: filter.at, rule: 'cost', reason, advice: `Write at most ${WIDEST_REGION * 100} % for its width and height.` },
  ];
}
