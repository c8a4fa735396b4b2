import { describe, expect, it } from 'vitest';
import { qrDrawing } from '../qr/qr-drawing.ts';
import { qrPath } from '../qr/qr-path.ts';
import { qrOperators } from './qr-operators.ts';

const identity = [1, 0, 0, 1, 0, 0];

describe('qrOperators', () => {
  it('draws a white ground and the outlines, whose last line is the closing', () => {
    const outlines = [
      [4, 4, 6, 4, 6, 6, 4, 6],
      [5, 7, 8, 7, 8, 8, 6, 8, 6, 9, 5, 9],
    ];
    expect(qrOperators({ size: 10, outlines }, [0.5, 0, 0, -1e-9, 1 / 3, 1e-7])).toBe(
      'q\n0.5 0 0 0 0.333333 0 cm\n1 1 1 rg\n0 0 10 10 re\nf\n0 0 0 rg\n4 4 2 2 re\n5 7 m\n8 7 l\n8 8 l\n6 8 l\n6 9 l\n5 9 l\nh\nf*\nQ\n',
    );
  });

  it('paints each module of a drawing as the drawing does', () => {
    const drawing = qrDrawing('https://certs.example.org/v/4fHk29sKdLq8PzXw7Tn');
    const { size } = drawing;
    const inside = (borders: readonly (readonly [number, number, number])[], x: number, y: number) =>
      borders.filter(([at, from, to]) => at <= x && from <= y && y < to).length % 2 === 1;
    // The upright borders of both, by their place and reach; the rule is even-odd.
    const drawn: [number, number, number][] = [];
    let [x, y] = [0, 0];
    for (const [, command, one = '0', two = '0'] of qrPath(drawing).matchAll(/([Mhv])(-?\d+)(?: (\d+))?/g)) {
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
    const operators = qrOperators(drawing, identity).split('0 0 0 rg\n')[1] ?? '';
    for (const [, numbers = '', operator] of operators.matchAll(/^([\d -]*?) ?(re|[mlh])$/gm)) {
      const [one = 0, two = 0, wide = 0, high = 0] = numbers.split(' ').map(Number);
      if (operator === 're') {
        for (const x of [one, one + wide]) written.push([x, Math.min(two, two + high), Math.max(two, two + high)]);
      } else if (operator === 'h') line(start);
      else if (operator === 'l') line([one, two]);
      else at = start = [one, two];
    }
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++)
        expect(inside(written, column, row)).toBe(inside(drawn, column, row));
  });

  it.each([[[1, 0, 0, NaN, 0, 0]], [[1, 0, 0, 1, 0]], [[1, 0, 0, 1, 0, Infinity]]])(
    'refuses the matrix %j',
    (matrix) => {
      expect(() => qrOperators({ size: 1, outlines: [] }, matrix)).toThrow(/six finite numbers/);
    },
  );
});
