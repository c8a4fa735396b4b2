import { createHash } from 'node:crypto';

/** A piece of a line: a constant, the number of a text, or a blank node. */
export type Token = string | { readonly text: number } | { readonly node: number };

export interface FormParts {
  /** The lines of the dataset, in no order. */
  readonly lines: readonly (readonly Token[])[];
  /** The texts that stand as IRIs somewhere. */
  readonly iris: readonly number[];
  /** How many blank nodes there are. */
  readonly nodes: number;
}

// Absolute, and the schemes of which the contexts make no prefix. N-Quads escapes nothing of what may stand here.
// eslint-disable-next-line no-control-regex
const absolute = /^(https?:\/\/|urn:|did:)[^\s\u0000-\u0020\u007f-\u009f<>"{}|^`\\]+$/;
// Verifiers in other languages escape other control characters than ours; line feed and carriage return all escape alike.
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/;
// eslint-disable-next-line no-control-regex
const special = /["\\\u0000-\u001f\u007f]/;
const escapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r' };

/** The canonical form of all documents of one structure: lines of N-Quads with places for the texts. */
export class CompiledForm {
  readonly #plain: (readonly Token[])[] = [];
  readonly #blank: (readonly Token[])[] = [];
  /** Of each blank node the numbers of its lines among `#blank`. */
  readonly #linesOf: number[][];
  readonly #iris: readonly number[];

  constructor({ lines, iris, nodes }: FormParts) {
    this.#iris = iris;
    this.#linesOf = Array.from({ length: nodes }, () => []);
    for (const line of lines) {
      const named = line.filter((token) => typeof token === 'object' && 'node' in token);
      if (named.length === 0) this.#plain.push(line);
      else for (const node of new Set(named.map((token) => token.node))) this.#linesOf[node]?.push(this.#blank.length);
      if (named.length > 0) this.#blank.push(line);
    }
  }

  /** The canonical N-Quads with these texts; nothing where only the library is sure of them. */
  fill(texts: readonly string[]): string | undefined {
    if (this.#iris.some((index) => !absolute.test(texts[index] ?? ''))) return undefined;
    if (texts.some((text) => (special.test(text) && control.test(text)) || !text.isWellFormed())) return undefined;
    const written = texts.map(escape);
    const labels = this.#labels(written);
    if (!labels) return undefined;
    const lines: string[] = [];
    for (const line of this.#plain) lines.push(render(line, written, noLabel));
    for (const line of this.#blank) lines.push(render(line, written, (node) => labels[node] as string));
    // By UTF-16 units, as rdf-canonize does it; `orderIsCertain` is about where the recommendation differs.
    lines.sort();
    // A dataset is a set: equal texts can make two lines one.
    return lines.filter((line, index) => line !== lines[index - 1]).join('');
  }

  /** RDFC-1.0, section 4.4.3, as far as first-degree hashes go: if they are all different, they are the whole algorithm. */
  #labels(written: readonly string[]): readonly string[] | undefined {
    const hashes = this.#linesOf.map((numbers, self) => {
      const lines = numbers.map((number) =>
        render(this.#blank[number] as readonly Token[], written, (node) => (node === self ? '_:a' : '_:z')),
      );
      return createHash('sha256')
        .update([...new Set(lines)].sort().join(''), 'utf8')
        .digest('hex');
    });
    const order = [...hashes].sort();
    if (order.some((hash, index) => hash === order[index - 1])) return undefined;
    return hashes.map((hash) => `_:c14n${order.indexOf(hash)}`);
  }
}

function render(line: readonly Token[], written: readonly string[], label: (node: number) => string): string {
  let text = '';
  for (const token of line) {
    if (typeof token === 'string') text += token;
    else text += 'text' in token ? written[token.text] : label(token.node);
  }
  return text;
}

function escape(text: string): string {
  return special.test(text) ? text.replace(/["\\\n\r]/g, (found) => escapes[found] as string) : text;
}

function noLabel(): never {
  throw new TypeError('A line without a blank node asks for one');
}
