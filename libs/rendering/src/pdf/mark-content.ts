import { PdfUnknown } from './pdf-unknown.ts';

/** A content stream whose marks became marked content (ISO 32000-1, 14.6). */
export interface MarkedContent {
  /** What stands before its first text, from there to the end of its last, and what comes after. */
  readonly parts: readonly [string, string, string];
  /** The texts in it: the n-th is the one of the first MCID and n, by its index on the page. */
  readonly texts: readonly number[];
}

/** A form of the page (`/X7 Do`): undefined for a picture. */
export interface Form {
  readonly id: number;
  read(): string;
  readonly forms: Forms;
}
export type Forms = (name: string) => Form | undefined;

/** A page's content stream, and those of its forms in which marks stood, by their object. */
export interface MarkedPage extends MarkedContent {
  readonly forms: ReadonlyMap<number, MarkedContent>;
}

// What pageMarker() gives, as Skia writes it: the colour, perhaps the state, and a rectangle; or the use of a form.
const MARK =
  /(\.0039|\.0078) (0|1|\.\d+) (0|1|\.\d+) RG \1 \2 \3 rg\n(?:\/G\d+ gs\n)?((?:-?[\d.]+ ){4}re\nf\n)|\/(X\d+) Do\n/g;

interface Mark {
  readonly at: number;
  readonly end: number;
  /** What stays of it: the state. */
  readonly state: string;
  readonly form?: string;
  readonly isStart: boolean;
  readonly text: number;
}

/**
 * Turns the marks of a page into marked content, one for each of its `tags` (texts without one stand elsewhere), and all that stands outside of them into artifacts. Marks are looked for in the
 * page, and in its forms where the page has not all of them. Throws PdfUnknown if they do not stand there in order, each once. `first` is the MCID of the page's first text.
 */
export function markContent(
  content: string,
  tags: readonly (string | undefined)[],
  forms: Forms,
  first = 0,
): MarkedPage {
  const wanted = tags.flatMap((tag, text) => (tag === undefined ? [] : [text]));
  const marked = new Map<number, MarkedContent>();
  const unmarked = new Set<number>();
  let next = 0;
  const mark = (content: string, marks: readonly Mark[], forms: Forms | undefined, first: number): MarkedContent => {
    const texts: number[] = [];
    const pieces: string[] = [];
    let open: number | undefined;
    let from = 0;
    for (const { at, end, state, form, isStart, text } of marks) {
      let operators: string;
      if (form !== undefined) {
        if (open !== undefined || forms === undefined || !enter(forms(form))) continue;
        // Marked content may not stand inside of an artifact.
        operators = `EMC\n${state}/Artifact BMC\n`;
      } else if (isStart && open === undefined && text === wanted[next]) {
        operators = `${state}EMC\n/${tags[text]} <</MCID ${first + texts.length}>> BDC\n`;
        open = text;
        texts.push(text);
      } else if (!isStart && text === open) {
        operators = `${state}EMC\n/Artifact BMC\n`;
        open = undefined;
        next += 1;
      } else {
        const due = open === undefined ? `the start of text ${wanted[next]}` : `the end of text ${open}`;
        throw new PdfUnknown(`the ${isStart ? 'start' : 'end'} of text ${text} is marked where ${due} is due`);
      }
      pieces.push(content.slice(from, at), operators);
      from = end;
    }
    if (open !== undefined) throw new PdfUnknown(`the end of text ${open} is not marked where its start is`);
    const before = pieces.shift();
    const rest = content.slice(from);
    if (before === undefined) return { parts: [`/Artifact BMC\n${rest}EMC\n`, '', ''], texts };
    return { parts: [`/Artifact BMC\n${before}`, pieces.join(''), `${rest}EMC\n`], texts };
  };
  const enter = (form: Form | undefined): boolean => {
    if (form === undefined || unmarked.has(form.id)) return false;
    if (marked.has(form.id)) throw new PdfUnknown(`form ${form.id}, in which texts are marked, is drawn twice`);
    const before = next;
    const content = form.read();
    const inside = mark(content, marksOf(content, tags), form.forms, 0);
    if (next === before) unmarked.add(form.id);
    else marked.set(form.id, inside);
    return next > before;
  };
  const marks = marksOf(content, tags);
  const hasAll = marks.filter(({ form }) => form === undefined).length >= 2 * wanted.length;
  const page = mark(content, marks, hasAll ? undefined : forms, first);
  if (next !== wanted.length) throw new PdfUnknown(`${next} of ${wanted.length} texts of a page are marked in it`);
  return { ...page, forms: marked };
}

/** A colour that is no mark of these texts is the template's own. */
function marksOf(content: string, tags: readonly (string | undefined)[]): Mark[] {
  const marks: Mark[] = [];
  for (const { 0: all, 1: kind, 2: high, 3: low, 4: rectangle, 5: form, index: at } of content.matchAll(MARK)) {
    const end = at + all.length;
    if (form !== undefined) {
      marks.push({ at, end, state: all, form, isStart: false, text: -1 });
      continue;
    }
    const text = Math.round(Number(high) * 255) * 256 + Math.round(Number(low) * 255);
    if (tags[text] !== undefined)
      marks.push({ at, end, state: all.slice(0, -(rectangle?.length ?? 0)), isStart: kind === '.0039', text });
  }
  return marks;
}
