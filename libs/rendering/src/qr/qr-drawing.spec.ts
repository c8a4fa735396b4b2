import { create } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { qrDrawing } from './qr-drawing.ts';
import { qrPath } from './qr-path.ts';

/** The cells that a path of outlines covers by the rule evenodd, found by crossing its vertical edges row by row. */
function cells(path: string, size: number): boolean[][] {
  const edges: { x: number; from: number; to: number }[] = [];
  for (const part of path.split('z').filter(Boolean)) {
    let [x = 0, y = 0] = (/^M(\d+) (\d+)/.exec(part) ?? []).slice(1).map(Number);
    const start = { x, y };
    for (const [, kind, length] of part.matchAll(/([hv])(-?\d+)/g)) {
      if (kind === 'h') {
        x += Number(length);
      } else {
        edges.push({ x, from: Math.min(y, y + Number(length)), to: Math.max(y, y + Number(length)) });
        y += Number(length);
      }
    }
    expect({ x, y }).toEqual(start);
  }
  return Array.from({ length: size }, (_, y) => {
    const crossings = edges.filter(({ from, to }) => from <= y && y < to).map(({ x }) => x);
    return Array.from({ length: size }, (_, x) => crossings.filter((at) => at <= x).length % 2 === 1);
  });
}

describe('qrDrawing and its path', () => {
  it.each(['https://certs.example.org/v/4fHk29sKdLq8PzXw7TnRb1', 'a', 'x'.repeat(400)])(
    'covers exactly the dark modules of %s, with four light ones around',
    (text) => {
      const { modules } = create(text, { errorCorrectionLevel: 'M' });
      const drawing = qrDrawing(text);
      const { size } = drawing;
      expect(size).toBe(modules.size + 8);
      const drawn = cells(qrPath(drawing), size);
      const wanted = drawn.map((row, y) =>
        row.map((_, x) => {
          const [column, line] = [x - 4, y - 4];
          const isInside = column >= 0 && line >= 0 && column < modules.size && line < modules.size;
          return isInside && modules.get(line, column) === 1;
        }),
      );
      expect(drawn).toEqual(wanted);
    },
  );

  it('refuses what no QR code can hold', () => {
    expect(() => qrDrawing('x'.repeat(3000))).toThrow(/too big/);
  });
});
