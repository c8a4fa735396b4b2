/** A text of a page, as it was laid out. */
export interface DrawnText {
  readonly text: string;
  /** The element that it stands in, by the order of all elements of the page. */
  readonly element: number;
  readonly families: readonly string[];
  readonly weight: number;
  readonly isItalic: boolean;
  /** Whether it asks for features of its font that are not on by themselves. */
  readonly hasFeatures: boolean;
}

/** A family that a style sheet of the page defines. */
export interface DefinedFamily {
  readonly family: string;
  /** The names of the files that it takes; none where it brings its own. */
  readonly local: readonly string[];
  /** What it changes of them: `size-adjust:68%;`. */
  readonly changes: string;
}

/**
 * Runs in the page, after fitPages: all texts of its one certificate in the order of the document, blank ones too, and the families that its style sheets define.
 * Stands alone.
 */
export function readTexts(): { texts: DrawnText[]; defined: DefinedFamily[] } {
  const page = document.querySelector('.laurel-page');
  if (page === null) throw new Error('No certificate stands in the page.');
  const bare = (name: string) => name.trim().replace(/^(["'])(.*)\1$/, '$2');
  const places = new Map([...page.querySelectorAll('*')].map((element, at): [Element, number] => [element, at]));
  const texts: DrawnText[] = [];
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement ?? page;
    const style = getComputedStyle(element);
    const features = [
      style.fontFeatureSettings,
      style.fontVariantCaps,
      style.fontVariantNumeric,
      style.fontVariantLigatures,
      style.fontVariantEastAsian,
      style.fontVariantAlternates,
      style.fontVariantPosition,
    ];
    texts.push({
      text: (node as Text).data,
      element: places.get(element) ?? -1,
      families: (style.fontFamily.match(/"[^"]*"|'[^']*'|[^,]+/g) ?? []).map(bare).filter((name) => name !== ''),
      weight: Number(style.fontWeight),
      isItalic: style.fontStyle !== 'normal',
      hasFeatures: features.some((value) => value !== '' && value !== 'normal'),
    });
  }
  const defined: DefinedFamily[] = [];
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const value = (name: string) => rule.style.getPropertyValue(name);
      const changes = ['size-adjust', 'ascent-override', 'descent-override', 'line-gap-override', 'unicode-range']
        .filter((name) => value(name) !== '')
        .map((name) => `${name}:${value(name)};`);
      defined.push({
        family: bare(value('font-family')),
        local: [...value('src').matchAll(/local\(\s*(["']?)([^"')]*)\1\s*\)/g)].map(([, , name = '']) => name),
        changes: changes.join(''),
      });
    }
  return { texts, defined };
}
