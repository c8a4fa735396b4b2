/** A box on a page, in CSS pixels from its upper left corner. */
export interface MeasuredBox {
  /** Where its element begins in the source; -1 if nothing of it is written there. */
  readonly place: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MeasuredPicture extends MeasuredBox {
  /** In pixels of the picture; 0 if it cannot be drawn. */
  readonly pixels: readonly [number, number];
  /** CSS pixels for one pixel of the picture, as large as they get. */
  readonly scale: number;
}

/** What stands on the pages of a template. */
export interface MeasuredPage {
  readonly width: number;
  readonly height: number;
  /** The QR codes, with their place in the document as `x` and `y`; turned ones have no side along the paper's. */
  readonly codes: readonly (MeasuredBox & { readonly isTurned: boolean })[];
  readonly pictures: readonly MeasuredPicture[];
  /** Texts, and how large their letters are. */
  readonly texts: readonly (MeasuredBox & { readonly size: number; readonly text: string })[];
}

/** Runs in the page, after it was filled: measures what stands on each page. Stands alone. */
export async function measurePage(attribute: string): Promise<MeasuredPage[]> {
  const pages = globalThis.laurel?.pages ?? [];
  const placeOf = (element: Element | null) =>
    Number(element?.closest(`[${attribute}]`)?.getAttribute(attribute) ?? -1);
  const known = new Map<string, Promise<readonly [number, number]>>();
  const pixelsOf = (address: string) => {
    const asked =
      known.get(address) ??
      (async () => {
        const image = new Image();
        image.src = address;
        return image.decode().then(
          () => [image.naturalWidth, image.naturalHeight] as const,
          () => [0, 0] as const,
        );
      })();
    known.set(address, asked);
    return asked;
  };
  const measured: MeasuredPage[] = [];
  for (const page of pages) {
    // What does not fit was taken out, and has more to be told of.
    if (!page.isConnected) document.body.append(page);
    const paper = page.getBoundingClientRect();
    const boxOf = (element: Element, rect = element.getBoundingClientRect()) => ({
      place: placeOf(element),
      ...{ x: rect.x - paper.x, y: rect.y - paper.y, width: rect.width, height: rect.height },
    });
    const matrixOf = (element: Element) =>
      (element instanceof SVGGraphicsElement ? element.getScreenCTM() : null) ?? new DOMMatrix();
    const codes = [...page.querySelectorAll('[data-laurel-slot-name="qr"]')].map((code) => {
      const { a, b, c, d } = matrixOf(code.querySelector('path') ?? code);
      const isTurned = Math.abs(b) + Math.abs(c) > 1e-6 * (Math.abs(a) + Math.abs(d)) || a <= 0 || d <= 0;
      return { ...boxOf(code), isTurned };
    });
    const pictures: MeasuredPicture[] = [];
    for (const element of page.querySelectorAll('img, image')) {
      const address =
        element.getAttribute('src') ?? element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? '';
      if (!address.startsWith('data:')) continue;
      const pixels = await pixelsOf(address);
      const box = boxOf(element);
      const fit =
        element.localName === 'img'
          ? getComputedStyle(element).objectFit
          : (element.getAttribute('preserveAspectRatio') ?? 'meet');
      const [across, down] = [box.width / pixels[0], box.height / pixels[1]];
      const scale = /cover|slice|fill|none$/.test(fit) ? Math.max(across, down) : Math.min(across, down);
      pictures.push({ ...box, pixels, scale });
    }
    for (const element of page.querySelectorAll<HTMLElement>('.laurel-html, .laurel-html *')) {
      const { backgroundImage, backgroundSize } = getComputedStyle(element);
      const address = /^url\("(data:image\/[^"]*)"\)$/.exec(backgroundImage)?.[1];
      if (address === undefined) continue;
      const pixels = await pixelsOf(address);
      const box = boxOf(element);
      const [across, down] = [box.width / pixels[0], box.height / pixels[1]];
      const [wide = '', tall = ''] = backgroundSize.split(' ');
      const side = (written: string, whole: number, count: number) => {
        const number = Number.parseFloat(written);
        return Number.isNaN(number) ? undefined : (written.endsWith('%') ? (whole * number) / 100 : number) / count;
      };
      const scale =
        wide === 'cover'
          ? Math.max(across, down)
          : wide === 'contain'
            ? Math.min(across, down)
            : Math.max(side(wide, box.width, pixels[0]) ?? 0, side(tall, box.height, pixels[1]) ?? 0) || 1;
      pictures.push({ ...box, pixels, scale });
    }
    const texts: (MeasuredPage['texts'][number] & object)[] = [];
    for (const element of page.querySelectorAll('*')) {
      const text = [...element.childNodes]
        .map((node) => (node instanceof Text ? node.data : ''))
        .join('')
        .trim();
      if (text === '' || !(element instanceof SVGTextContentElement || element instanceof HTMLElement)) continue;
      const { visibility, fontSize } = getComputedStyle(element);
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = boxOf(
        element,
        element instanceof SVGElement ? element.getBoundingClientRect() : range.getBoundingClientRect(),
      );
      if (visibility !== 'visible' || box.width === 0) continue;
      const { a, b } = matrixOf(element);
      texts.push({ ...box, size: Number.parseFloat(fontSize) * Math.hypot(a, b), text: text.slice(0, 60) });
    }
    measured.push({ width: paper.width, height: paper.height, codes, pictures, texts });
  }
  return measured;
}
