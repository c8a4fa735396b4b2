import { TokenType } from '@csstools/css-tokenizer';
import { attributeOf } from './attribute-of.ts';
import type { Finding, Markup, MarkupElement } from './markup.ts';
import { PICTURE_DPI } from './picture-dpi.ts';
import { printedLength } from './printed-length.ts';
import { printedScale } from './printed-scale.ts';
import { readCss } from './read-css.ts';
import { readDataAddress } from './read-data-address.ts';
import { type PictureFacts, readPicture } from './read-picture.ts';
import { styleTexts } from './style-texts.ts';

const MOST_PIXELS = 50_000_000;
const LONGEST_SIDE = 20_000;

/** Pictures in the template: whole, not too large to draw, and with enough pixels for their place on paper as far as the file tells it. */
export function checkPictures(markup: Markup): Finding[] {
  const findings: Finding[] = [];
  const known = new Map<string, PictureFacts | undefined>();
  let pixels = 0;
  const look = (address: string, at: number): PictureFacts | undefined => {
    if (known.has(address)) return known.get(address);
    known.set(address, undefined);
    const data = readDataAddress(address);
    if (data === undefined || !/^image\/(?:png|jpeg)$/.test(data.mediaType)) {
      if (/^\s*data:image\/(?:png|jpeg)\b/i.test(address.slice(0, 100)))
        findings.push({
          at,
          rule: 'picture',
          reason: 'The address of the picture cannot be read.',
          advice: 'Write data:image/png;base64, and then the file in Base64.',
        });
      return undefined;
    }
    try {
      const facts = readPicture(data.bytes);
      known.set(address, facts);
      const before = pixels;
      pixels += facts.width * facts.height;
      if (facts.width < 1 || facts.height < 1 || facts.width > LONGEST_SIDE || facts.height > LONGEST_SIDE)
        findings.push({
          at,
          rule: 'picture',
          reason: `The picture has ${facts.width} × ${facts.height} pixels.`,
          advice: `Make it smaller: 300 dpi of A4 are 3508 × 2480.`,
        });
      else if (before <= MOST_PIXELS && pixels > MOST_PIXELS)
        findings.push({
          at,
          rule: 'picture',
          reason: `With this one, the pictures have ${Math.round(pixels / 1e6)} million pixels; ${MOST_PIXELS / 1e6} are allowed.`,
          advice: 'Make them smaller: 150 to 300 dpi are enough on paper.',
        });
      return facts;
    } catch (error) {
      findings.push({
        at,
        rule: 'picture',
        reason: (error as Error).message,
        advice: 'Save the picture again as PNG or JPEG.',
      });
      return undefined;
    }
  };
  for (const element of markup.elements) {
    for (const { name, value, at } of element.attributes) {
      if (!/^(?:.*:)?(?:href|src)$/i.test(name) || !/^\s*data:/i.test(value.slice(0, 100))) continue;
      const facts = look(value, at);
      if (facts !== undefined && markup.kind === 'svg') findings.push(...checkResolution(element, facts));
    }
  }
  for (const { css, isList, placeOf } of styleTexts(markup)) {
    if (!/data:|\\/i.test(css)) continue;
    readCss(
      css,
      {
        token(token) {
          if (token[0] !== TokenType.URL && token[0] !== TokenType.String) return;
          if (/^\s*data:image\//i.test(token[4].value.slice(0, 100))) look(token[4].value, placeOf(token[2]));
        },
      },
      isList,
    );
  }
  return findings;
}

function checkResolution(element: MarkupElement, { width, height }: PictureFacts): Finding[] {
  const scale = printedScale(element);
  if (scale === undefined || element.name !== 'image') return [];
  const place = [
    printedLength(attributeOf(element, 'width'), scale) ?? (attributeOf(element, 'width') === '' ? width * scale : NaN),
    printedLength(attributeOf(element, 'height'), scale) ??
      (attributeOf(element, 'height') === '' ? height * scale : NaN),
  ] as const;
  const fit = attributeOf(element, 'preserveaspectratio');
  const perPixel = [place[0] / width, place[1] / height] as const;
  const mmPerPixel = /slice|none/.test(fit) ? Math.max(...perPixel) : Math.min(...perPixel);
  return Number.isFinite(mmPerPixel) ? PICTURE_DPI.findings(element.at, mmPerPixel, width, height) : [];
}
