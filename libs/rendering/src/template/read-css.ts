import { type CSSToken, tokenizer, TokenType } from '@csstools/css-tokenizer';

/** One `name: value` of a style, wherever it stands. */
export interface CssDeclaration {
  /** In lower case, escapes resolved. */
  readonly name: string;
  readonly value: readonly CSSToken[];
  /** Offset in the text that was read. */
  readonly at: number;
  /** What the rule around it is said of; empty in a style attribute. */
  readonly selector: readonly CSSToken[];
  /** The innermost rule with an @ around it: `font-face`, `page`. */
  readonly rule: string | undefined;
}

/** Whoever wants to hear what stands in a style. */
export interface CssReader {
  token?(token: CSSToken): void;
  atRule?(name: string, at: number): void;
  declaration?(declaration: CssDeclaration): void;
  /** Something that nobody writes by hand: `reason` is a sentence. */
  overgrown?(reason: string, at: number): void;
}

/** A declaration of more pieces is no style; it would only cost memory. */
const MOST_TOKENS = 20_000;
const DEEPEST = 50;

/**
 * Reads a style sheet, or with `isList` the declarations of a style attribute, piece by piece as CSS Syntax Level 3 cuts them, so that escapes and comments hide nothing. Every token
 * goes to `token`, also where the structure is broken; rules and declarations are found as a browser finds them. Linear.
 */
export function readCss(css: string, reader: CssReader, isList = false): void {
  const source = tokenizer({ css });
  interface Block {
    readonly selector: readonly CSSToken[];
    readonly rule: string | undefined;
  }
  const root: Block = { selector: [], rule: isList ? 'style' : undefined };
  const blocks: Block[] = [root];
  let pending: CSSToken[] = [];
  let brackets = 0;
  const finish = () => {
    const from = pending.findIndex(([type]) => type !== TokenType.Whitespace);
    const said = from < 0 ? [] : pending.slice(from);
    pending = [];
    brackets = 0;
    const [first] = said;
    if (first === undefined) return;
    if (first[0] === TokenType.AtKeyword) {
      reader.atRule?.(first[4].value.toLowerCase(), first[2]);
      return;
    }
    const colon = said.findIndex(([type]) => type !== TokenType.Whitespace && type !== TokenType.Ident);
    const block = blocks.at(-1) ?? root;
    if (first[0] !== TokenType.Ident || said[colon]?.[0] !== TokenType.Colon || blocks.length + Number(isList) === 1)
      return;
    const { selector, rule } = block;
    const name = first[4].value.toLowerCase();
    reader.declaration?.({ name, value: said.slice(colon + 1), at: first[2], selector, rule });
  };
  for (;;) {
    const token = source.nextToken();
    reader.token?.(token);
    const [type] = token;
    if (type === TokenType.EOF) break;
    if (type === TokenType.Comment || type === TokenType.CDO || type === TokenType.CDC) continue;
    if (type === TokenType.Function || type === TokenType.OpenParen || type === TokenType.OpenSquare) brackets++;
    if (type === TokenType.CloseParen || type === TokenType.CloseSquare) brackets = Math.max(0, brackets - 1);
    if (brackets === 0 && type === TokenType.OpenCurly) {
      const begin = pending.find(([type]) => type !== TokenType.Whitespace);
      const isAt = begin?.[0] === TokenType.AtKeyword;
      const name = isAt ? begin[4].value.toLowerCase() : undefined;
      if (name !== undefined) reader.atRule?.(name, begin?.[2] ?? token[2]);
      const around = blocks.at(-1) ?? root;
      blocks.push({ selector: isAt ? around.selector : pending, rule: name ?? around.rule });
      pending = [];
      if (blocks.length > DEEPEST) {
        reader.overgrown?.(`Rules stand in one another more than ${DEEPEST} deep.`, token[2]);
        return;
      }
    } else if (brackets === 0 && type === TokenType.Semicolon) {
      finish();
    } else if (type === TokenType.CloseCurly) {
      finish();
      if (blocks.length > 1) blocks.pop();
    } else {
      pending.push(token);
      if (pending.length > MOST_TOKENS) {
        reader.overgrown?.(`One rule has more than ${MOST_TOKENS} pieces.`, token[2]);
        return;
      }
    }
  }
  finish();
}
