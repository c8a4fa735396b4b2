import { qrModules } from './qr-modules.ts';

/** A QR code as outlines for the fill rule `evenodd`, in units of one module, with the quiet zone of four around it. */
export interface QrDrawing {
  readonly size: number;
  /** Of each the corners, x and y in turn. The first side is level, and every corner turns. */
  readonly outlines: readonly (readonly number[])[];
}

const QUIET = 4;
const NONE = -1;

/** Draws a QR code (ISO/IEC 18004, error correction M, the mask of the lowest penalty) as outlines: rows that touch leave no hairline between them. */
export function qrDrawing(text: string): QrDrawing {
  const { size, dark } = qrModules(text);
  const width = size + 1;
  // Each border between dark and light, as a step from corner to corner with the dark on its right; two leave a corner at most.
  const one = new Int32Array(width * width).fill(NONE);
  const other = new Int32Array(width * width).fill(NONE);
  const step = (from: number, to: number) => {
    if (one[from] === NONE) one[from] = to;
    else other[from] = to;
  };
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = y * size + x;
      if (dark[at] !== 1) continue;
      const corner = y * width + x;
      if (y === 0 || dark[at - size] !== 1) step(corner, corner + 1);
      if (x === size - 1 || dark[at + 1] !== 1) step(corner + 1, corner + 1 + width);
      if (y === size - 1 || dark[at + size] !== 1) step(corner + 1 + width, corner + width);
      if (x === 0 || dark[at - 1] !== 1) step(corner + width, corner);
    }
  }
  const outlines: number[][] = [];
  for (let start = 0; start < one.length; start++) {
    while (one[start] !== NONE) {
      const outline: number[] = [];
      let from = start;
      let way = 0;
      do {
        // The second first: it goes on where the outline came from, which makes fewer and longer ones.
        const exits = other[from] === NONE ? one : other;
        const to = exits[from] ?? NONE;
        if (to === NONE)
          throw new Error('The outline of a QR code is not closed, which cannot be: report it as a defect.');
        exits[from] = NONE;
        if (to - from !== way) {
          outline.push((from % width) + QUIET, Math.floor(from / width) + QUIET);
          way = to - from;
        }
        from = to;
      } while (from !== start);
      outlines.push(outline);
    }
  }
  return { size: size + 2 * QUIET, outlines };
}
