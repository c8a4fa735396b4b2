import { beginningOf } from './beginning-of.ts';
import type { Finding } from './markup.ts';

const PICTURE_OR_FONT =
  /^data:(?:image\/(?:png|jpeg)|font\/(?:woff2|ttf|sfnt)|application\/(?:(?:x-)?font-woff2|(?:x-)?font-ttf|font-sfnt))[;,]/i;

/** What speaks against an address in a style: only what lies in the template itself may be used. `subject` begins the reason. */
export function checkAddress(written: string, at: number, subject: string): Finding[] {
  const address = beginningOf(written);
  if (address === '' || address.startsWith('#') || PICTURE_OR_FONT.test(address)) return [];
  if (/^data:/i.test(address)) {
    const reason = `${subject} holds data of the kind ${shortened(address.slice(5).split(/[;,]/)[0] ?? '')}.`;
    return [{ at, rule: 'data-type', reason, advice: 'Use PNG or JPEG for a picture, WOFF2 or TrueType for a font.' }];
  }
  const reason = `${subject} points outside of the template, to ${shortened(address)}.`;
  const advice = 'Put the file into the template as data: address (PNG, JPEG, WOFF2, TrueType), or draw it.';
  return [{ at, rule: 'external-reference', reason, advice }];
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
