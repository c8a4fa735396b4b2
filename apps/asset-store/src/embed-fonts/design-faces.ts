/** A font as it is written into a design. */
export interface Face {
  /** Letters, digits, spaces and hyphens: it stands in quotes. */
  readonly family: string;
  readonly weight: number;
  readonly italic: boolean;
  readonly file: Buffer;
}

/** A design with fonts in it. */
export interface DesignWithFaces {
  readonly source: string;
  /** Where a place of the source was before the fonts came; lines and columns count from 1. */
  readonly placeBefore: (place: { line: number; column: number }) => { line: number; column: number };
}

const mark = '/*laurel-fonts*/';
const written = /<style(?: xmlns="http:\/\/www\.w3\.org\/2000\/svg")?>\/\*laurel-fonts\*\/[^<]*<\/style>/g;

/** Writes fonts into a design, and out of it again: a style sheet of `@font-face` rules in one line, before everything else. */
export const designFaces = {
  /** A design that was downloaded with its fonts, as it was without them. */
  without: (source: string): string => source.replaceAll(written, ''),

  /** The design with these fonts; as it is where there is no place for them, for then it is no design. */
  with({ mediaType, source }: { mediaType: string; source: string }, faces: readonly Face[]): DesignWithFaces {
    const at = mediaType === 'text/html' ? beginOf(source) : rootEnd(source, beginOf(source));
    if (faces.length === 0 || at === undefined) return { source, placeBefore: (place) => place };
    const namespace = mediaType === 'text/html' ? '' : ' xmlns="http://www.w3.org/2000/svg"';
    const sheet = `<style${namespace}>${mark}${faces.map(ruleOf).join('')}</style>`;
    const lines = source.slice(0, at).split('\n');
    const [line, column] = [lines.length, (lines.at(-1) ?? '').length + 1];
    return {
      source: source.slice(0, at) + sheet + source.slice(at),
      placeBefore: (place) =>
        place.line === line && place.column > column
          ? { line, column: Math.max(column, place.column - sheet.length) }
          : place,
    };
  },
};

const ruleOf = ({ family, weight, italic, file }: Face) =>
  `@font-face{font-family:"${family}";font-weight:${weight};font-style:${italic ? 'italic' : 'normal'};src:url(data:font/ttf;base64,${file.toString('base64')})}`;

/** Where the first element begins: behind instructions, comments and a document type. */
function beginOf(source: string): number {
  let at = 0;
  for (;;) {
    while (/\s|\uFEFF/.test(source[at] ?? '')) at++;
    const end = (
      [
        ['<?', '?>'],
        ['<!--', '-->'],
        ['<!', '>'],
      ] as const
    ).find(([open]) => source.startsWith(open, at))?.[1];
    if (end === undefined) return at;
    const found = source.indexOf(end, at);
    if (found < 0) return at;
    at = found + end.length;
  }
}

/** Behind the first tag; undefined where it is none, or never ends, or holds nothing. */
function rootEnd(source: string, begin: number): number | undefined {
  if (source[begin] !== '<') return undefined;
  let quote = '';
  for (let at = begin; at < source.length; at++) {
    const sign = source[at] as string;
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return source[at - 1] === '/' ? undefined : at + 1;
  }
  return undefined;
}
