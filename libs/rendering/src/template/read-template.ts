import type { Finding, Markup } from './markup.ts';
import { readHtml } from './read-html.ts';
import { readSvg } from './read-svg.ts';

/** Reads a template by its kind: HTML, or else SVG. */
export function readTemplate({ mediaType, source }: { readonly mediaType: string; readonly source: string }): {
  markup: Markup;
  findings: Finding[];
} {
  return mediaType === 'text/html' ? readHtml(source) : readSvg(source);
}
