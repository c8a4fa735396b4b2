import { create } from 'qrcode';

/** A QR code as a path for the fill rule `evenodd`, in units of one module, with the quiet zone of four around it. */
export interface QrDrawing {
  readonly size: number;
  readonly path: string;
}

const QUIET = 4;

/** Draws a QR code (ISO/IEC 18004, error correction M, the mask of the lowest penalty) as outlines: rows that touch leave no hairline between them. */
export function qrDrawing(text: string): QrDrawing {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const dark = (x: number, y: number) => x >= 0 && y >= 0 && x < size && y < size && modules.get(y, x) === 1;
  const width = size + 1;
  // Each border between dark and light, as a step from corner to corner with the dark on its right.
  const steps = new Map<number, number[]>();
  const step = (x: number, y: number, toX: number, toY: number) => {
    const from = y * width + x;
    const known = steps.get(from);
    if (known === undefined) steps.set(from, [toY * width + toX]);
    else known.push(toY * width + toX);
  };
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!dark(x, y)) continue;
      if (!dark(x, y - 1)) step(x, y, x + 1, y);
      if (!dark(x + 1, y)) step(x + 1, y, x + 1, y + 1);
      if (!dark(x, y + 1)) step(x + 1, y + 1, x, y + 1);
      if (!dark(x - 1, y)) step(x, y + 1, x, y);
    }
  }
  let path = '';
  for (const [start, ends] of steps) {
    while (ends.length > 0) {
      path += `M${(start % width) + QUIET} ${Math.floor(start / width) + QUIET}`;
      let from = start;
      let run = 0;
      let way = 0;
      do {
        const to = steps.get(from)?.pop();
        if (to === undefined)
          throw new Error('The outline of a QR code is not closed, which cannot be: report it as a defect.');
        if (to - from !== way) {
          path += segment(way, run, width);
          way = to - from;
          run = 0;
        }
        run += 1;
        from = to;
      } while (from !== start);
      path += `${segment(way, run, width)}z`;
    }
  }
  return { size: size + 2 * QUIET, path };
}

function segment(way: number, run: number, width: number): string {
  if (run === 0) return '';
  return Math.abs(way) === width ? `v${Math.sign(way) * run}` : `h${way * run}`;
}
