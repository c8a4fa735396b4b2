/** What an image's file says of it. */
export interface ImageHeader {
  readonly mediaType: 'image/png' | 'image/jpeg';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Why a file is no image that can be printed; a sentence that says what to do. */
export class ImageRefused extends Error {
  override readonly name = 'ImageRefused';
}

const mostPixels = 25_000_000;

/** Refuses what would take too much memory to be printed. */
export function withinLimits(header: ImageHeader): ImageHeader {
  const { width, height } = header;
  if (width < 1 || height < 1) throw new ImageRefused('It has no pixels; export it anew.');
  if (width * height > mostPixels) {
    throw new ImageRefused(`It has ${width} x ${height} pixels, more than 25 million; make it smaller.`);
  }
  return header;
}
