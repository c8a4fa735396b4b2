import type { CDPSession, Page } from 'puppeteer';
import { bakeSvg } from './bake-svg.ts';
import { embedFonts } from './embed-fonts.ts';
import { findFonts } from './find-fonts.ts';
import { readTexts } from './read-texts.ts';
import { serializeSvg, type SvgTold } from './serialize-svg.ts';

// What XML 1.0 cannot hold, however it is written (section 2.2).
// eslint-disable-next-line no-control-regex -- control characters are what it is about
const NEVER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/**
 * The certificate that stands filled and fitted in the page, as an SVG file of its own: live text with the fonts that drew it, cut to its characters.
 *
 * @param credential a compact JWS, or the text of a JSON document, to be baked in
 */
export async function drawSvg(
  page: Page,
  session: CDPSession,
  told: Omit<SvgTold, 'fonts' | 'families'>,
  credential?: string,
): Promise<Buffer> {
  const { texts, defined } = await page.evaluate(readTexts);
  const { css, families } = await embedFonts(texts, defined, await findFonts(session));
  const svg = (await page.evaluate(serializeSvg, { ...told, fonts: css, families })).replaceAll(NEVER, '');
  return Buffer.from(credential === undefined ? svg : bakeSvg(svg, credential.replaceAll(NEVER, '')));
}
