import { checkElements } from './check-elements.ts';
import { checkQr } from './check-qr.ts';
import { checkReferences } from './check-references.ts';
import { checkSlots } from './check-slots.ts';
import type { Finding } from './markup.ts';
import { readHtml } from './read-html.ts';
import { readSvg } from './read-svg.ts';
import type { TemplateFinding } from './template-finding.ts';

const MOST_BYTES = 2 * 1024 * 1024;
const MOST_FINDINGS = 100;

/**
 * Everything that speaks against a template, in the order of the file; an empty list lets it in. Looks at the text alone: no browser, no clock, no network.
 */
export function checkTemplate({
  mediaType,
  source,
}: {
  readonly mediaType: string;
  readonly source: string;
}): TemplateFinding[] {
  const findings: Finding[] = [];
  const bytes = Buffer.byteLength(source);
  if (bytes > MOST_BYTES) {
    // Nothing else is looked at: reading it would be the harm.
    const reason = `The template has ${(bytes / 1048576).toFixed(1)} MB; ${MOST_BYTES / 1048576} MB are allowed.`;
    return [
      { line: 1, column: 1, rule: 'size', reason, advice: 'Make its pictures smaller; 150 dpi are enough on paper.' },
    ];
  }
  if (mediaType !== 'image/svg+xml' && mediaType !== 'text/html') {
    const reason = `${mediaType} is no kind of template.`;
    return [{ line: 1, column: 1, rule: 'kind', reason, advice: 'Send SVG as image/svg+xml or HTML as text/html.' }];
  }
  const isSvg = mediaType === 'image/svg+xml';
  const { markup, findings: read } = isSvg ? readSvg(source) : readHtml(source);
  findings.push(...read);
  const begins = firstWords(source);
  if (
    isSvg
      ? markup.elements[0]?.name !== 'svg'
      : !/^<(?:!doctype html|html|head|body|style|div|main|section|article)\b/.test(begins)
  ) {
    findings.push({
      at: 0,
      rule: 'kind',
      reason: isSvg ? 'The outermost element is not <svg>.' : 'This does not begin as HTML does.',
      advice: isSvg
        ? 'Send an SVG file, or HTML as text/html.'
        : 'Begin with <!doctype html>, or send SVG as image/svg+xml.',
    });
  }
  findings.push(...checkElements(markup), ...checkReferences(markup), ...checkSlots(markup));
  if (!read.some(({ rule }) => rule === 'well-formed')) findings.push(...checkQr(markup));
  const placeOf = places(source);
  return findings
    .sort((a, b) => a.at - b.at)
    .slice(0, MOST_FINDINGS)
    .map(({ at, ...finding }) => ({ ...placeOf(at), ...finding }));
}

/** The beginning behind comments. */
function firstWords(source: string): string {
  let text = source.trimStart();
  while (text.startsWith('<!--') && text.includes('-->')) text = text.slice(text.indexOf('-->') + 3).trimStart();
  return text.slice(0, 40).toLowerCase();
}

function places(source: string): (at: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (at) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  };
}
