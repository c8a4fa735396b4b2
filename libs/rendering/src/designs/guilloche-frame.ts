import { curve } from './curve.ts';

/** The middle line of the band, with the radius of its corners, and how far the waves swing from it. */
export interface GuillocheFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly swing: number;
  /** How many waves go around. */
  readonly waves: number;
  /** How many lines run beside one another. */
  readonly strands: number;
}

/** A guilloche band around a rectangle, as it secures banknotes: one path for each strand. */
export function guillocheFrame({ x, y, width, height, radius, swing, waves, strands }: GuillocheFrame): string[] {
  const [across, down, corner] = [width - 2 * radius, height - 2 * radius, (Math.PI / 2) * radius];
  const around = 2 * (across + down) + 4 * corner;
  const steps = waves * 14;
  /** The point of the middle line after `way` of it, clockwise from the upper left, and its normal. */
  const at = (way: number): [number, number, number, number] => {
    let left = way % around;
    const sides = [
      [x + radius, y, 1, 0, across],
      [x + width, y + radius, 0, 1, down],
      [x + width - radius, y + height, -1, 0, across],
      [x, y + height - radius, 0, -1, down],
    ] as const;
    for (const [startX, startY, dirX, dirY, length] of sides) {
      if (left <= length) return [startX + dirX * left, startY + dirY * left, dirY, -dirX];
      left -= length;
      if (left <= corner) {
        const angle = left / radius;
        const [endX, endY] = [startX + dirX * length, startY + dirY * length];
        const [middleX, middleY] = [endX - dirY * radius, endY + dirX * radius];
        const normal = [
          dirY * Math.cos(angle) + dirX * Math.sin(angle),
          -dirX * Math.cos(angle) + dirY * Math.sin(angle),
        ] as const;
        return [middleX + normal[0] * radius, middleY + normal[1] * radius, normal[0], normal[1]];
      }
      left -= corner;
    }
    return [x + radius, y, 0, -1];
  };
  return Array.from({ length: strands }, (_, strand) => {
    const phase = (strand / strands) * 2 * Math.PI;
    const points = Array.from({ length: steps }, (_, step): [number, number] => {
      const part = step / steps;
      const [px, py, nx, ny] = at(part * around);
      const offset = swing * Math.sin(2 * Math.PI * waves * part + phase);
      return [px + nx * offset, py + ny * offset];
    });
    return curve(points, true);
  });
}
