import { describe, expect, it } from 'vitest';
import { qrDrawing } from '../qr/qr-drawing.ts';
import { qrOperators } from './qr-operators.ts';

const identity = [1, 0, 0, 1, 0, 0];

describe('qrOperators', () => {
  it('draws a white ground and the outlines, whose last line is the closing', () => {
    expect(qrOperators({ size: 10, path: 'M4 4h2v2h-2v-2zM5 7v-1h1z' }, [0.5, 0, 0, -1e-9, 1 / 3, 1e-7])).toBe(
      'q\n0.5 0 0 0 0.333333 0 cm\n1 1 1 rg\n0 0 10 10 re\nf\n0 0 0 rg\n4 4 m\n6 4 l\n6 6 l\n4 6 l\nh\n5 7 m\n5 6 l\n6 6 l\nh\nf*\nQ\n',
    );
  });

  it('paints each module of a drawing as the drawing does', () => {
    const { size, path } = qrDrawing('https://certs.example.org/v/4fHk29sKdLq8PzXw7Tn');
    const inside = (borders: readonly (readonly [number, number, number])[], x: number, y: number) =>
      borders.filter(([at, from, to]) => at <= x && from <= y && y < to).length % 2 === 1;
    // The upright borders of both, by their place and reach; the rule is even-odd.
    const drawn: [number, number, number][] = [];
    let [x, y] = [0, 0];
    for (const [, command, one = '0', two = '0'] of path.matchAll(/([Mhv])(-?\d+)(?: (\d+))?/g)) {
      if (command === 'M') [x, y] = [Number(one), Number(two)];
      else if (command === 'h') x += Number(one);
      else {
        drawn.push([x, Math.min(y, y + Number(one)), Math.max(y, y + Number(one))]);
        y += Number(one);
      }
    }
    const written: [number, number, number][] = [];
    let start = [0, 0];
    let at = [0, 0];
    const line = (to: number[]) => {
      const [[fromX = 0, fromY = 0], [toX = 0, toY = 0]] = [at, to];
      if (fromX === toX) written.push([fromX, Math.min(fromY, toY), Math.max(fromY, toY)]);
      else expect(fromY).toBe(toY);
      at = to;
    };
    for (const [, one, two, operator] of qrOperators({ size, path }, identity).matchAll(
      /^(?:(\d+) (\d+) )?([mlh])$/gm,
    )) {
      if (operator === 'h') line(start);
      else if (operator === 'l') line([Number(one), Number(two)]);
      else at = start = [Number(one), Number(two)];
    }
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++)
        expect(inside(written, column, row)).toBe(inside(drawn, column, row));
  });

  it.each(['M1 1a3', 'M1', 'M1 1hv1z', 'm1 1', 'M1,1', 'M1 1 2'])('refuses the path %s', (path) => {
    expect(() => qrOperators({ size: 1, path }, identity)).toThrow(/outline of a QR code/);
  });

  it.each([[[1, 0, 0, NaN, 0, 0]], [[1, 0, 0, 1, 0]], [[1, 0, 0, 1, 0, Infinity]]])(
    'refuses the matrix %j',
    (matrix) => {
      expect(() => qrOperators({ size: 1, path: '' }, matrix)).toThrow(/six finite numbers/);
    },
  );
});
