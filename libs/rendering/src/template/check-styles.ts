import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import { checkAddress } from './check-address.ts';
import type { Finding, Markup } from './markup.ts';
import { pageSideFault } from './page-side-fault.ts';
import { readCss } from './read-css.ts';
import { type StyleText, styleTexts } from './style-texts.ts';

const RULES = new Set(['charset', 'font-face', 'page', 'media', 'supports', 'layer', 'container', 'counter-style']);
const MARGINS = /^(?:top|bottom|left|right)-/;
const LOADING = new Set(['src', 'image', 'image-set', 'element', 'paint', 'cross-fade', 'webkit-canvas']);
const MOST_RULES = 5000;
const LARGEST = 1_000_000;

/** What may not stand in a style: what loads, runs, moves, or reaches out of the certificate. */
export function checkStyles(markup: Markup): Finding[] {
  const findings: Finding[] = [];
  let rules = 0;
  for (const text of styleTexts(markup)) {
    const before = rules;
    rules += checkText(text, findings);
    if (before > MOST_RULES || rules <= MOST_RULES) continue;
    findings.push({
      at: text.placeOf(0),
      rule: 'cost',
      reason: `The style sheets have ${rules} declarations; ${MOST_RULES} are allowed.`,
      advice: 'Copy only the rules that this template uses into its <style> element.',
    });
  }
  return findings;
}

function checkText({ css, isList, placeOf }: StyleText, findings: Finding[]): number {
  let declarations = 0;
  let opened: { readonly name: string; readonly at: number } | undefined;
  const add = (at: number, rule: Finding['rule'], reason: string, advice: string) =>
    findings.push({ at: placeOf(at), rule, reason, advice });
  readCss(
    css,
    {
      token(token) {
        const [type, , at] = token;
        // url("...") is a function with a string in it; url(...) is a token of its own.
        if (opened?.name === 'url' && type === TokenType.String) {
          findings.push(...checkAddress(token[4].value, placeOf(opened.at), 'A style'));
        }
        if (type !== TokenType.Whitespace && type !== TokenType.Comment) opened = undefined;
        if (type === TokenType.URL) findings.push(...checkAddress(token[4].value, placeOf(at), 'A style'));
        if (type === TokenType.BadURL)
          add(
            at,
            'external-reference',
            'A style has an address that cannot be read.',
            'Write url("...") with the whole address in quotes.',
          );
        if (type === TokenType.Dimension && Math.abs(token[4].value) > LARGEST) add(at, 'number', ...tooLarge(token));
        if (type !== TokenType.Function) return;
        const name = token[4].value.toLowerCase();
        opened = { name, at };
        if (LOADING.has(name.replace(/^-(?:webkit|moz|ms)-/, '')))
          add(
            at,
            'external-reference',
            `${name}() can load something from outside.`,
            'Use url("data:image/png;base64,...").',
          );
        if (name === 'expression')
          add(at, 'script', 'A style holds a program.', 'Delete expression(), behavior and -moz-binding.');
      },
      atRule(name, at) {
        if (RULES.has(name) || MARGINS.test(name)) return;
        if (name === 'import')
          add(
            at,
            'external-reference',
            '@import loads a style sheet from outside.',
            'Copy its rules into the <style> element.',
          );
        else if (/keyframes$/.test(name))
          add(
            at,
            'style',
            `@${name} moves something, and nothing moves on paper.`,
            'Write the state that is to be printed.',
          );
        else
          add(
            at,
            'style',
            `@${name} is not known in a template.`,
            'Keep to rules, @media, @supports, @font-face and @page.',
          );
      },
      declaration({ name, at, value, rule }) {
        declarations++;
        if (name === 'behavior' || name === '-moz-binding')
          add(at, 'script', 'A style holds a program.', 'Delete expression(), behavior and -moz-binding.');
        else if (/^(?:-webkit-)?(?:animation|transition)(?:-|$)|^offset(?:-|$)|^view-transition/.test(name))
          add(
            at,
            'style',
            `${name} moves something, and nothing moves on paper.`,
            'Write the state that is to be printed.',
          );
        else if (
          name === 'contain' ||
          name === 'content-visibility' ||
          /^(?:break|page-break|column)-(?:before|after|span)$/.test(name) ||
          name === 'page'
        )
          add(at, 'style', `${name} changes where pages end; a certificate is one page.`, `Delete ${name}.`);
        else if (name === 'size' && rule === 'page') {
          const fault = pageSideFault(value);
          if (fault !== undefined)
            add(at, 'size', fault, 'Write @page { size: A4 landscape }, or two lengths such as 297mm 210mm.');
        }
      },
      overgrown: (reason, at) => add(at, 'cost', reason, 'Delete what no one wrote by hand, or split it.'),
    },
    isList,
  );
  return isList ? 0 : declarations;
}

function tooLarge(token: CSSToken): [string, string] {
  return [`${token[1].slice(0, 40)} is larger than any paper.`, `Write a length of less than ${LARGEST}.`];
}
