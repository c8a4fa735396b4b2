import { parseSlots } from '../slots/parse-slots.ts';
import type { Finding, Markup, MarkupAttribute, MarkupElement } from './markup.ts';

const LINKS = /^(?:xlink:)?href$|^src$/;
const LOADING =
  /^(?:srcset|imagesrcset|srcdoc|action|formaction|poster|background|ping|data|codebase|manifest|xml:base|archive|classid|lowsrc|dynsrc)$/;
const PICTURE = /^data:image\/(?:png|jpeg)[;,]/i;
const PICTURE_OR_FONT = /^data:(?:image\/(?:png|jpeg)|font\/woff2|application\/(?:x-)?font-woff2)[;,]/i;
const INSIDE = 'Put the file into the template as data: address (PNG, JPEG, WOFF2), or draw it.';

/** Everything that would fetch, run or lead somewhere: in attributes, in styles. */
export function checkReferences({ elements, texts }: Markup): Finding[] {
  const findings: Finding[] = [];
  for (const element of elements) {
    for (const attribute of element.attributes) findings.push(...checkAttribute(element, attribute));
  }
  for (const { value, at, parent } of texts) if (parent?.name === 'style') findings.push(...checkStyle(value, at));
  return findings;
}

function checkAttribute(element: MarkupElement, { name: written, value, at }: MarkupAttribute): Finding[] {
  const name = written.toLowerCase();
  // Browsers ignore white space and controls in the scheme of an address.
  // eslint-disable-next-line no-control-regex -- see above
  const address = value.replace(/[\u0000-\u0020]+/g, '');
  if (/^on/.test(name) || name.startsWith('ev:')) {
    const reason = `${written} would run a program; nothing in a template runs.`;
    return [{ at, rule: 'script', reason, advice: `Delete the attribute ${written}.` }];
  }
  if (/^(?:javascript|vbscript):/i.test(address)) {
    return [{ at, rule: 'script', reason: `${written} holds a program.`, advice: `Delete the attribute ${written}.` }];
  }
  if (LINKS.test(name)) return checkLink(element, written, address, at);
  if (LOADING.test(name) && address !== '') {
    const reason = `${written} loads or leads to something outside of the template.`;
    return [{ at, rule: 'external-reference', reason, advice: INSIDE }];
  }
  return checkStyle(value, at, name === 'style');
}

function checkLink(element: MarkupElement, name: string, address: string, at: number): Finding[] {
  if (address === '' || address.startsWith('#')) return [];
  if (element.name === 'a' || element.name === 'area') {
    const reason = `A link to ${shortened(address)} leads outside of the certificate.`;
    return [
      {
        at,
        rule: 'external-reference',
        reason,
        advice: 'Print the address as text; the QR code leads to the verify page.',
      },
    ];
  }
  const parts = parseSlots(address);
  if (parts.length === 1 && typeof parts[0] !== 'string') return [];
  if (PICTURE.test(address)) return [];
  if (/^data:/i.test(address)) {
    const reason = `${name} holds data of the kind ${shortened(address.slice(5).split(/[;,]/)[0] ?? '')}.`;
    return [{ at, rule: 'data-type', reason, advice: 'Use PNG or JPEG.' }];
  }
  const reason = `${name} points outside of the template, to ${shortened(address)}.`;
  return [{ at, rule: 'external-reference', reason, advice: INSIDE }];
}

/** A style sheet, a style attribute, or a presentation attribute. */
function checkStyle(css: string, at: number, isStyle = true): Finding[] {
  if (!isStyle && !/url\s*\(/i.test(css)) return [];
  const plain = withoutComments(css)
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) =>
      String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff)),
    )
    .replace(/\\(.)/g, '$1');
  const findings: Finding[] = [];
  if (/@import/i.test(plain))
    findings.push({
      at,
      rule: 'external-reference',
      reason: '@import loads a style sheet from outside.',
      advice: 'Copy its rules into the <style> element.',
    });
  if (/expression\s*\(|behavior\s*:|-moz-binding/i.test(plain))
    findings.push({
      at,
      rule: 'script',
      reason: 'A style holds a program.',
      advice: 'Delete expression(), behavior and -moz-binding.',
    });
  for (const address of addressesOf(plain)) {
    if (address === '' || address.startsWith('#') || PICTURE_OR_FONT.test(address)) continue;
    findings.push(
      /^data:/i.test(address)
        ? {
            at,
            rule: 'data-type',
            reason: `A style holds data of the kind ${shortened(address.slice(5).split(/[;,]/)[0] ?? '')}.`,
            advice: 'Use PNG, JPEG or WOFF2.',
          }
        : {
            at,
            rule: 'external-reference',
            reason: `A style points outside of the template, to ${shortened(address)}.`,
            advice: INSIDE,
          },
    );
  }
  if (/image-set\s*\(\s*["'](?!data:)/i.test(plain))
    findings.push({
      at,
      rule: 'external-reference',
      reason: 'image-set() points outside of the template.',
      advice: INSIDE,
    });
  return findings;
}

function withoutComments(css: string): string {
  let plain = '';
  let from = 0;
  for (let at = css.indexOf('/*'); at >= 0; at = css.indexOf('/*', from)) {
    plain += css.slice(from, at);
    const end = css.indexOf('*/', at + 2);
    if (end < 0) return plain;
    from = end + 2;
  }
  return plain + css.slice(from);
}

/** What stands in url() and src(). One pass, whatever is left open. */
function addressesOf(css: string): string[] {
  const addresses: string[] = [];
  for (const { 0: opening, index } of css.matchAll(/(?:url|src)\s*\(/gi)) {
    let from = index + opening.length;
    while (/\s/.test(css[from] ?? '')) from += 1;
    const quote = css[from] === '"' || css[from] === "'" ? css[from] : undefined;
    const end = css.indexOf(quote ?? ')', quote === undefined ? from : from + 1);
    addresses.push(css.slice(quote === undefined ? from : from + 1, end < 0 ? undefined : end).trim());
    if (end < 0) break;
  }
  return addresses;
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
