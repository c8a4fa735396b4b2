import type { MarkupElement } from './markup.ts';

/** The value of an attribute by its name in lower case, or an empty text. */
export function attributeOf(element: MarkupElement, name: string): string {
  return element.attributes.find((attribute) => attribute.name.toLowerCase() === name)?.value ?? '';
}
