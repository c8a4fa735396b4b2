/** What is told to an SVG file beside what the page shows. */
export interface SvgTold {
  readonly title: string;
  readonly description: string;
  /** The paper, in CSS lengths. */
  readonly width: string;
  readonly height: string;
  /** `@font-face` rules. */
  readonly fonts: string;
  readonly families: readonly (readonly [element: number, families: string])[];
  /** The path of the QR code, and what it says. */
  readonly qr: { readonly path: string; readonly says: string };
}

/**
 * Runs in the page, after fitPages: its one certificate as the text of an SVG file that needs nothing else. What a value says goes through the browser's own
 * serializer, so that it stays text. Stands alone.
 */
export function serializeSvg(told: SvgTold): string {
  const name = 'http://www.w3.org/2000/svg';
  const page = document.querySelector('.laurel-page');
  const drawing = page?.querySelector(':scope > svg');
  if (!page || !drawing) throw new Error('No SVG certificate stands in the page.');
  const copy = page.cloneNode(true) as Element;
  const svg = copy.querySelector(':scope > svg') as SVGSVGElement;
  const elements = [...copy.querySelectorAll<SVGElement>('*')];
  const families = new Map(told.families.map(([at, names]) => [elements[at], names]));
  for (const element of elements) {
    // A text whose letters all stand in its parts has their families.
    const names =
      families.get(element) ??
      (element.style.fontFamily === ''
        ? ''
        : families.get([...element.querySelectorAll<SVGElement>('*')].find((part) => families.has(part))));
    if (names === undefined) element.style.removeProperty('font-family');
    else if (names !== '') element.style.setProperty('font-family', names, 'important');
  }

  // The rules of the template as they hold on paper.
  const rulesOf = (rules: CSSRuleList): string[] =>
    [...rules].flatMap((rule) => {
      if (rule instanceof CSSMediaRule) return matchMedia(rule.conditionText).matches ? rulesOf(rule.cssRules) : [];
      if (rule instanceof CSSPageRule || rule instanceof CSSImportRule) return [];
      // Those of the page around the certificate, and families that are embedded under names of their own.
      if (rule instanceof CSSStyleRule && /\.laurel-|^html/.test(rule.selectorText)) return [];
      if (rule instanceof CSSFontFaceRule && /local\(/.test(rule.style.getPropertyValue('src'))) return [];
      return [rule.cssText];
    });
  const rules = [...document.styleSheets].flatMap(({ cssRules }) => rulesOf(cssRules));
  const css = rules.join('\n');

  for (const element of elements) {
    for (const { name } of [...element.attributes])
      if (/^data-/.test(name) && !css.includes(`[${name}`)) element.removeAttribute(name);
    if (element.localName === 'path' && element.getAttribute('d') === told.qr.path) {
      element.parentElement?.setAttribute('role', 'img');
      element.parentElement?.setAttribute('aria-label', told.qr.says);
    }
  }
  const walker = document.createTreeWalker(svg, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION);
  const remarks: ChildNode[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) remarks.push(node as ChildNode);
  for (const remark of remarks) remark.remove();

  const make = (kind: string, text: string) => {
    const element = document.createElementNS(name, kind);
    element.textContent = text;
    return element;
  };
  for (const child of [...svg.children]) if (child.localName === 'title' || child.localName === 'desc') child.remove();
  svg.prepend(
    make('title', told.title),
    make('desc', told.description),
    make('style', `${told.fonts}\n*{animation:none!important;transition:none!important}\n${css}`),
  );
  // It inherits this from the page.
  svg.style.textRendering = getComputedStyle(drawing).textRendering;
  svg.setAttribute('width', told.width);
  svg.setAttribute('height', told.height);
  const language = page.closest('[lang]')?.getAttribute('lang') ?? 'en';
  svg.setAttribute('lang', svg.getAttribute('lang') ?? language);
  return new XMLSerializer().serializeToString(svg);
}
