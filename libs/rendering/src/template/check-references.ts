import { parseSlots } from '../slots/parse-slots.ts';
import { beginningOf } from './beginning-of.ts';
import { checkAddress } from './check-address.ts';
import type { Finding, Markup, MarkupAttribute, MarkupElement } from './markup.ts';

const LOADING =
  /^(?:srcset|imagesrcset|srcdoc|action|formaction|poster|background|ping|data|codebase|manifest|base|archive|classid|lowsrc|dynsrc|longdesc|profile|usemap|cite)$/;
const FONT = /^data:(?:font|application)\//i;

/** Every attribute that would fetch, run or lead somewhere. What stands in styles is for check-styles.ts. */
export function checkReferences({ elements }: Markup): Finding[] {
  return elements.flatMap((element) => element.attributes.flatMap((attribute) => checkAttribute(element, attribute)));
}

function checkAttribute(element: MarkupElement, { name: written, value, at }: MarkupAttribute): Finding[] {
  const whole = written.toLowerCase();
  // Whatever prefix the namespace has in this file.
  const name = whole.replace(/^.*:/, '');
  if (whole === 'xmlns' || whole.startsWith('xmlns:')) return [];
  if (name.startsWith('on') || whole.startsWith('ev:')) {
    const reason = `${written} would run a program; nothing in a template runs.`;
    return [{ at, rule: 'script', reason, advice: `Delete the attribute ${written}.` }];
  }
  const address = beginningOf(value);
  if (/^(?:javascript|vbscript|livescript):/i.test(address) && !/^(?:alt|title|aria-.*)$/.test(whole))
    return [{ at, rule: 'script', reason: `${written} holds a program.`, advice: `Delete the attribute ${written}.` }];
  if (name === 'href' || name === 'src') return checkLink(element, written, address, at);
  if (LOADING.test(name) && !whole.startsWith('data-') && address !== '') {
    const reason = `${written} loads or leads to something outside of the template.`;
    const advice = 'Delete it. Put a picture into the template as data: address (PNG, JPEG).';
    return [{ at, rule: 'external-reference', reason, advice }];
  }
  if (whole.startsWith('data-laurel') && whole !== 'data-laurel-slot')
    return [{ at, rule: 'reserved', reason: `${written} is a mark that Laurel itself writes.`, advice: 'Delete it.' }];
  if (name === 'class' && /(?:^|\s)laurel-/.test(value))
    return [
      {
        at,
        rule: 'reserved',
        reason: 'Class names that begin with laurel- are Laurel’s own.',
        advice: 'Use another class name.',
      },
    ];
  return [];
}

function checkLink(element: MarkupElement, name: string, address: string, at: number): Finding[] {
  if (address === '' || address.startsWith('#')) return [];
  if (element.name === 'a' || element.name === 'area') {
    const reason = `A link to ${address.length > 60 ? `${address.slice(0, 57)}...` : address} leads outside of the certificate.`;
    const advice = 'Print the address as text; the QR code leads to the verify page.';
    return [{ at, rule: 'external-reference', reason, advice }];
  }
  const parts = parseSlots(address);
  if (parts.length === 1 && typeof parts[0] !== 'string') return [];
  if (FONT.test(address))
    return [
      { at, rule: 'data-type', reason: `${name} holds a font where a picture belongs.`, advice: 'Use PNG or JPEG.' },
    ];
  return checkAddress(address, at, name);
}
