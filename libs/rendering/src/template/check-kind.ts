import type { Finding } from './markup.ts';

// Its maker may send half of it (asset-store): the rest is for the fonts of the tenant, which are written into it.
const MOST_BYTES = 4 * 1024 * 1024;

/** Whether this is a text of a size and kind that can be read at all. */
export function checkKind({ mediaType, source }: { readonly mediaType: string; readonly source: string }): Finding[] {
  const bytes = Buffer.byteLength(source);
  if (bytes > MOST_BYTES) {
    const reason = `The template has ${(bytes / 1048576).toFixed(1)} MB; ${MOST_BYTES / 1048576} MB are allowed.`;
    return [{ at: 0, rule: 'size', reason, advice: 'Make its pictures smaller; 150 dpi are enough on paper.' }];
  }
  const isSvg = mediaType === 'image/svg+xml';
  if (!isSvg && mediaType !== 'text/html') {
    const reason = `${mediaType.slice(0, 100)} is no kind of template.`;
    return [{ at: 0, rule: 'kind', reason, advice: 'Send SVG as image/svg+xml or HTML as text/html.' }];
  }
  // What another encoding leaves when it is read as UTF-8.
  const broken = source.search(
    /[\0\ufffd\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
  );
  if (broken >= 0) {
    const reason = 'Here the file is not in UTF-8, or has a character that no text has.';
    return [{ at: broken, rule: 'encoding', reason, advice: 'Save the file as UTF-8.' }];
  }
  const begins = firstWords(source);
  if (
    isSvg
      ? /^<(?!svg\b|[a-z_][\w.-]*:svg\b|\?|!)/.test(begins) || !begins.startsWith('<')
      : !/^<(?:!doctype html|html|head|body|style|div|main|section|article)\b/.test(begins)
  )
    return [
      {
        at: 0,
        rule: 'kind',
        reason: isSvg ? 'The outermost element is not <svg>.' : 'This does not begin as HTML does.',
        advice: isSvg
          ? 'Send an SVG file, or HTML as text/html.'
          : 'Begin with <!doctype html>, or send SVG as image/svg+xml.',
      },
    ];
  return [];
}

/** The beginning behind comments. */
function firstWords(source: string): string {
  let from = 0;
  const skip = () => {
    while (/\s|\ufeff/.test(source[from] ?? '')) from++;
  };
  for (skip(); source.startsWith('<!--', from); skip()) {
    const end = source.indexOf('-->', from + 4);
    if (end < 0) break;
    from = end + 3;
  }
  return source.slice(from, from + 60).toLowerCase();
}
