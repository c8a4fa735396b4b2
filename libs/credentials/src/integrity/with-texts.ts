import { isConstantMember } from './is-constant-member.ts';

/** A copy of a document with other texts, in the order in which `shapeOf` lists them. */
export function withTexts(document: object, texts: readonly string[]): object {
  let next = 0;
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return texts[next++];
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([name, inner]) => [name, isConstantMember(name) ? inner : visit(inner)]),
    );
  };
  return visit(document) as object;
}
