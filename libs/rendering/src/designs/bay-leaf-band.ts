/** A rectangle, by the middle line of a band along it, and the size of its leaves. */
export interface BayLeafBand {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What stays free at each corner, and in the middle of the upper and the lower side. */
  readonly corner: number;
  readonly middle: number;
  /** From one pair of leaves to the next. */
  readonly step: number;
}

/** A twig of bay leaves along a rectangle, growing from the middle of the lower side up to the middle of the upper one, as a classical moulding has them: one path. */
export function bayLeafBand({ x, y, width, height, corner, middle, step }: BayLeafBand): string {
  const half = width / 2;
  // Each run by its start, its direction and its length; the other side is its mirror.
  const runs = [
    [x + half - middle, y + height, -1, 0, half - middle - corner],
    [x, y + height - corner, 0, -1, height - 2 * corner],
    [x + corner, y, 1, 0, half - middle - corner],
  ] as const;
  let path = '';
  for (const [startX, startY, dirX, dirY, length] of runs) {
    const count = Math.floor(length / step);
    const pace = length / count;
    for (let at = 0; at < count; at++) {
      const [baseX, baseY] = [startX + dirX * pace * at, startY + dirY * pace * at];
      for (const mirror of [1, -1])
        for (const [lean, size, fat] of [
          [0, 1.02, 0.09],
          [0.56, 1.62, 0.46],
          [-0.56, 1.62, 0.46],
        ] as const)
          path += leaf(
            mirror === 1 ? baseX : 2 * x + width - baseX,
            baseY,
            Math.atan2(dirY, dirX * mirror) + lean,
            pace * size,
            fat,
          );
    }
  }
  return path;
}

function leaf(x: number, y: number, way: number, size: number, fat: number): string {
  const at = (part: number, turn: number) =>
    `${Math.round(x + size * part * Math.cos(way + turn))} ${Math.round(y + size * part * Math.sin(way + turn))}`;
  return `M${Math.round(x)} ${Math.round(y)}Q${at(0.58, fat)} ${at(1, 0)}Q${at(0.58, -fat)} ${Math.round(x)} ${Math.round(y)}z`;
}
