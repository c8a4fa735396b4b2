/** Where two pictures differ: how many pixels, by how much at most, and one of them. */
export interface Difference {
  readonly pixels: number;
  readonly most: number;
  readonly at: readonly [number, number];
  /** Of the pictures. */
  readonly height: number;
}

/**
 * Runs in the page: compares two PNG pictures of one size, given as data: addresses, pixel by pixel; counts a difference of more than `slack` (of 255) in a colour.
 * In `edges` (left, top, right and bottom of a place on each of `pages` pages) it has to be four times as large: there are so many edges that some are rounded otherwise. Stands
 * alone.
 */
export async function comparePictures(
  one: string,
  other: string,
  slack: number,
  pages: number,
  edges: readonly [number, number, number, number],
): Promise<Difference> {
  const [a, b] = await Promise.all(
    [one, other].map(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (context === null) throw new Error('The browser gives no canvas.');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, canvas.width, canvas.height);
    }),
  );
  if (a === undefined || b === undefined || a.width !== b.width || a.height !== b.height)
    return { pixels: Infinity, most: 255, at: [0, 0], height: 1 };
  // Asked for once: for each pixel anew they are a fifth of all that compiling costs.
  const [{ data: ones, width, height }, { data: others }] = [a, b];
  const each = height / pages;
  let pixels = 0;
  let most = 0;
  let at: [number, number] = [0, 0];
  for (let byte = 0; byte < ones.length; byte += 4) {
    const difference = Math.max(
      Math.abs((ones[byte] ?? 0) - (others[byte] ?? 0)),
      Math.abs((ones[byte + 1] ?? 0) - (others[byte + 1] ?? 0)),
      Math.abs((ones[byte + 2] ?? 0) - (others[byte + 2] ?? 0)),
    );
    const y = Math.floor(byte / 4 / width) % each;
    const x = (byte / 4) % width;
    // The edge of the paper itself is cut in the middle of a pixel.
    if (y > each - 4 || x > width - 3) continue;
    const isEdge = difference > slack && x > edges[0] && y > edges[1] && x < edges[2] && y < edges[3];
    if (difference <= (isEdge ? 4 * slack : slack)) continue;
    pixels += 1;
    if (difference > most) {
      most = difference;
      at = [(byte / 4) % width, Math.floor(byte / 4 / width)];
    }
  }
  return { pixels, most, at, height };
}
