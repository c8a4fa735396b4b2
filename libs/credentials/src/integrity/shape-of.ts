import { IntegrityRefused } from './integrity-refused.ts';
import { isConstantMember } from './is-constant-member.ts';

/** A document taken apart: what all documents of its structure have in common, and what only this one has. */
export interface Shape {
  /** Equal for two documents that differ in nothing but texts: members, presence, counts, types and contexts are in it. */
  readonly key: string;
  /** The texts in the order in which they stand. */
  readonly texts: readonly string[];
}

const deepest = 32;

/**
 * Takes a document apart.
 *
 * @throws {IntegrityRefused} where two different documents could have one proof: JSON numbers (`12` and `"12"`), `null` and
 * empty lists (as if they were absent), lone surrogates (UTF-8 has none)
 */
export function shapeOf(document: object): Shape {
  const texts: string[] = [];
  const visit = (value: unknown, member: string, constant: boolean, depth: number): string => {
    if (typeof value === 'string') {
      if (!value.isWellFormed()) {
        throw new IntegrityRefused(`${member} holds half a surrogate pair: remove it, it is no character`);
      }
      if (constant) return `${value.length}"${value}`;
      texts.push(value);
      return '_';
    }
    if (typeof value === 'boolean') return String(value);
    // The one number that a standard demands here: its term has no type, so the text of the same digits has another form.
    if (member === 'ttl' && Number.isSafeInteger(value)) return String(value);
    if (typeof value !== 'object' || value === null) {
      throw new IntegrityRefused(`${member} is neither text, boolean, object nor list: write numbers as texts`);
    }
    if (depth === deepest) throw new IntegrityRefused(`${member} lies more than ${deepest} levels deep: flatten it`);
    if (Array.isArray(value)) {
      if (value.length === 0) throw new IntegrityRefused(`${member} is an empty list: leave it out`);
      let key = '[';
      for (const each of value) key += `${visit(each, member, constant, depth + 1)},`;
      return `${key}]`;
    }
    let key = '{';
    for (const name of Object.keys(value)) {
      const inner: unknown = (value as Record<string, unknown>)[name];
      // A member without a value is not in the JSON text either.
      if (inner === undefined) continue;
      // Lengths keep neighbours apart, at less cost than quotes.
      key += `${name.length}:${name}${visit(inner, name, constant || isConstantMember(name), depth + 1)},`;
    }
    return `${key}}`;
  };
  return { key: visit(document, 'the document', false, 0), texts };
}
