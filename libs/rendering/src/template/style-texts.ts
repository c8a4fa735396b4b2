import type { Markup, MarkupElement } from './markup.ts';

/** A text that a browser reads as CSS. */
export interface StyleText {
  readonly css: string;
  /** Declarations of one element, and not a style sheet. */
  readonly isList: boolean;
  /** Whose style it is; undefined for a style sheet. */
  readonly element: MarkupElement | undefined;
  /** Where an offset of `css` stands in the source. */
  readonly placeOf: (offset: number) => number;
}

const NO_STYLE =
  /^(?:data-.*|aria-.*|alt|title|lang|id|class|d|points|transform|gradienttransform|patterntransform|viewbox|href|src|xmlns|xmlns:.*|xml:.*|values)$/;

/** All styles of a template: sheets, style attributes, and the attributes of SVG that are properties of CSS, as far as they call a function. */
export function styleTexts({ elements, texts, source }: Markup): StyleText[] {
  const found: StyleText[] = [];
  for (const element of elements) {
    for (const { name: written, value, at } of element.attributes) {
      const name = written.toLowerCase();
      const placeOf = () => at;
      if (name === 'style') found.push({ css: value, isList: true, element, placeOf });
      else if (/[(\\]/.test(value) && !NO_STYLE.test(name))
        found.push({ css: `${name.replace(/^.*:/, '')}:${value}`, isList: true, element, placeOf });
    }
  }
  for (const { value, at, parent } of texts) {
    if (parent?.name !== 'style') continue;
    const isExact = source.startsWith(value, at);
    found.push({ css: value, isList: false, element: undefined, placeOf: (offset) => (isExact ? at + offset : at) });
  }
  return found;
}
