/** What stands in the page after loading: its size, and every text with a slot in it. */
export interface LoadedTemplate {
  readonly width: string;
  readonly height: string;
  readonly texts: readonly string[];
}

/**
 * Runs in the page. Parses the template, takes out whatever is active or leads outside (the check at upload refuses such templates; this is the second wall), and
 * puts it into the page as the prototype of a certificate. Stands alone: nothing of this module exists in the page.
 */
export function loadTemplate(source: string, mediaType: 'image/svg+xml' | 'text/html'): LoadedTemplate {
  const banned =
    'script,foreignObject,iframe,frame,frameset,object,embed,applet,link,base,meta,form,portal,audio,video,source,track,animate,animateMotion,animateTransform,set,handler,listener,template,slot,noscript,fencedframe,math';
  const styles: string[] = [];
  const inside =
    /^(?:#|data:(?:image\/(?:png|jpeg)|font\/(?:woff2|ttf|sfnt)|application\/(?:(?:x-)?font-woff2|(?:x-)?font-ttf|font-sfnt))[;,])/i;
  const leading = /url\([^)]*\)?|@import[^;]*;?|(?:image-set|cross-fade|src|expression)\([^)]*\)?/gi;
  // Each opening takes all up to its end, so that none is looked at twice. Escapes are read where they can hide a name.
  const cleaned = (css: string) =>
    css
      .replace(/\\(?:([0-9a-f]{1,6})\s?|([a-z@(-]))/gi, (whole, hex: string | undefined, plain: string | undefined) => {
        const character = plain ?? String.fromCodePoint(Math.min(Number.parseInt(hex ?? '', 16), 0x10ffff));
        return /[a-z@(-]/i.test(character) ? character : whole;
      })
      .replace(leading, (whole) => {
        const address = /^url\(/i.test(whole) ? whole.slice(4).trimStart().replace(/^["']/, '').trimStart() : '';
        return inside.test(address) ? whole : 'none';
      });
  const clean = (root: Element) => {
    for (const element of [root, ...root.querySelectorAll('*')]) {
      if (
        element !== root &&
        banned.split(',').some((name) => element.localName.toLowerCase() === name.toLowerCase())
      ) {
        element.remove();
        continue;
      }
      for (const { name, value } of [...element.attributes]) {
        const plain = name.toLowerCase().replace(/^.*:/, '');
        const isLink = plain === 'href' || plain === 'src';
        const stays =
          /^\s*#/.test(value) ||
          /^\s*data:image\/(?:png|jpeg)[;,]/i.test(value) ||
          /^\s*(?:\{\{[^{}]*\}\}|\$\{[^{}]*\})\s*$/.test(value);
        if (
          /^on/i.test(plain) ||
          /^(?:srcset|srcdoc|action|formaction|poster|background|ping|data|codebase|manifest|base|longdesc|cite|archive|classid|profile|usemap)$/.test(
            plain,
          )
        )
          element.removeAttribute(name);
        else if (isLink && !stays) element.removeAttribute(name);
        else if (isLink && (element.localName === 'a' || element.localName === 'area')) element.removeAttribute(name);
        else if (/[(\\@]/.test(value) && !isLink && !/^(?:aria-.*|alt|title|lang|data-.*)$/.test(plain))
          element.setAttribute(name, cleaned(value));
      }
    }
    for (const style of root.querySelectorAll('style')) {
      styles.push(cleaned(style.textContent ?? ''));
      style.remove();
    }
  };

  /**
   * Styles by the order of elements, or by what they hold, name from now on the elements that they meet as the template is written: markers come between them, and what stays is taken out of a
   * layer. The selector keeps its weight.
   */
  const freezeOrder = (rules: CSSRuleList | undefined) => {
    for (const rule of rules ?? []) {
      if (!(rule instanceof CSSStyleRule) || !/[+~]|:(?:nth|first|last|only|empty|has|not)\b/.test(rule.selectorText))
        continue;
      if (rule.selectorText.includes('::')) continue;
      const name = `data-laurel-style-${(frozen += 1)}`;
      for (const element of page.querySelectorAll(rule.selectorText)) element.setAttribute(name, '');
      rule.selectorText = `:is(:where([${name}]),${rule.selectorText
        .split(/,(?![^(]*\))/)
        .map((selector) => `${selector} :not(*)`)
        .join(',')})`;
    }
  };
  let frozen = 0;
  document.head.querySelectorAll('style[data-laurel]').forEach((style) => style.remove());
  document.body.replaceChildren();
  globalThis.laurel = undefined;
  const page = document.createElement('div');
  page.className = 'laurel-page';
  // No selector outranks it: what runs out of one certificate is never drawn on the next.
  page.style.setProperty('contain', 'strict', 'important');
  const parsed = new DOMParser().parseFromString(source, mediaType);
  let width = '297mm';
  let height = '210mm';
  if (mediaType === 'image/svg+xml') {
    if (parsed.querySelector('parsererror') !== null || parsed.documentElement.localName !== 'svg')
      throw new Error('The template is no well-formed SVG.');
    const svg = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
    clean(svg);
    const absolute = /^\s*[\d.]+(?:mm|cm|in|pt|pc)\s*$/;
    const written = [svg.getAttribute('width') ?? '', svg.getAttribute('height') ?? ''] as const;
    const box = (svg.getAttribute('viewBox') ?? '')
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (box.length !== 4 || box.some((number) => !Number.isFinite(number))) {
      const [w, h] = [svg.width.baseVal.value, svg.height.baseVal.value];
      svg.setAttribute('viewBox', `0 0 ${w} ${h}`);
      box.splice(0, 4, 0, 0, w, h);
    }
    const ratio = (box[2] ?? 1) / (box[3] ?? 1);
    if (absolute.test(written[0]) && absolute.test(written[1])) {
      [width, height] = [written[0].trim(), written[1].trim()];
    } else if (ratio < 1) {
      [width, height] = ['210mm', Math.abs(ratio * 297 - 210) < 3 ? '297mm' : `${(210 / ratio).toFixed(2)}mm`];
    } else if (Math.abs(297 / ratio - 210) >= 3) {
      height = `${(297 / ratio).toFixed(2)}mm`;
    }
    svg.setAttribute('width', '100%');
    svg.setAttribute('height', '100%');
    page.append(svg);
  } else {
    const root = document.createElement('div');
    root.className = 'laurel-html';
    const body = document.createElement('div');
    for (const [target, from] of [
      [root, parsed.documentElement],
      [body, parsed.body],
    ] as const) {
      clean(from);
      for (const { name, value } of [...from.attributes]) target.setAttribute(name, value);
    }
    root.classList.add('laurel-html');
    body.classList.add('laurel-body');
    body.append(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
    root.append(body);
    page.append(root);
  }
  const fixed = document.createElement('style');
  fixed.dataset['laurel'] = '';
  document.head.append(fixed);
  for (const css of styles) {
    const style = document.createElement('style');
    style.dataset['laurel'] = '';
    style.textContent = css;
    document.head.append(style);
    if (mediaType === 'image/svg+xml') freezeOrder(style.sheet?.cssRules);
    for (const rule of [...(style.sheet?.cssRules ?? [])]) {
      // A copy of the page is no document: what is said of html and body is said of the boxes in their place.
      if (rule instanceof CSSStyleRule && mediaType === 'text/html') {
        rule.selectorText = rule.selectorText
          .replace(/(?<![\w.#-])(?:html|:root)(?![\w-])/g, '.laurel-html')
          .replace(/(?<![\w.#-])body(?![\w-])/g, '.laurel-body');
      } else if (rule instanceof CSSPageRule) {
        const named: Record<string, readonly [string, string]> = {
          a3: ['297mm', '420mm'],
          a4: ['210mm', '297mm'],
          a5: ['148mm', '210mm'],
          letter: ['8.5in', '11in'],
          legal: ['8.5in', '14in'],
        };
        const words = rule.style.getPropertyValue('size').toLowerCase().split(/\s+/);
        const paper = words.map((word) => named[word]).find((size) => size !== undefined);
        const lengths = words.filter((word) => /^[\d.]+(?:mm|cm|in|pt|pc|px)$/.test(word));
        if (paper) [width, height] = words.includes('landscape') ? [paper[1], paper[0]] : [paper[0], paper[1]];
        else if (lengths[0] !== undefined) [width, height] = [lengths[0], lengths[1] ?? lengths[0]];
        style.sheet?.deleteRule([...style.sheet.cssRules].indexOf(rule));
      }
    }
  }
  fixed.textContent = `@page{size:${width} ${height};margin:0}html,body{margin:0;padding:0}
.laurel-page{text-rendering:geometricPrecision;position:relative;width:${width};height:${height};overflow:hidden;break-after:page;break-inside:avoid}
.laurel-page:last-child{break-after:auto}.laurel-page>svg{display:block}.laurel-html,.laurel-body{height:100%}
.laurel-page *{animation:none!important;transition:none!important}`;
  // A style of the template for every <rect> must not reach a marker (see bind-slots.ts and pdf/page-marker.ts).
  fixed.textContent +=
    '.laurel-marker{width:1px!important;height:1px!important;rx:0!important;ry:0!important;stroke:none!important;opacity:1!important;fill-opacity:1!important;filter:none!important;clip-path:none!important;mask:none!important;mix-blend-mode:normal!important;display:inline!important}';
  if (mediaType === 'text/html')
    // Those of HTML are as wide as nothing.
    fixed.textContent += `.laurel-html [data-laurel-text]::before,.laurel-html [data-laurel-text]::after{all:initial!important;content:""!important;font:1px/0 serif!important;padding-left:1px!important;margin-right:-1px!important}
.laurel-html [data-laurel-text]::before{background:var(--laurel-start)!important}.laurel-html [data-laurel-text]::after{background:var(--laurel-end)!important}`;
  document.body.append(page);
  globalThis.laurel = { prototype: page, bindings: [], places: [], pages: [], filled: [], marked: [], undo: [] };
  const texts = new Set<string>();
  const holds = (text: string) => text.includes('{{') || text.includes('${');
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text && holds(node.data)) texts.add(node.data);
    else if (node instanceof Element) for (const { value } of node.attributes) if (holds(value)) texts.add(value);
  }
  return { width, height, texts: [...texts] };
}
