/** The shapes of a mosaic, one path for each colour of its palette. */
export type Mosaic = readonly string[];

/**
 * A mosaic of square tiles with quarter and half discs on them, the same on the left as on the right, in `colours` colours. The first `grounds` of them lie
 * under the shapes; colour 0 is behind all and gets no tile. Always the same one.
 */
export function tileMosaic(columns: number, rows: number, side: number, grounds: number, colours: number): Mosaic {
  const paths: string[] = Array.from({ length: colours }, () => '');
  const add = (colour: number, path: string) => (paths[colour] = (paths[colour] ?? '') + path);
  let state = 20261121;
  const next = (below: number) => {
    // The generator of Park and Miller: chance enough for a pattern, and none at all.
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns / 2; column++) {
      const accents = colours - grounds;
      const [ground, first, second] = [next(grounds), grounds + next(accents), next(grounds)];
      const [shape, corner] = [next(7), next(4)];
      for (const isMirror of [false, true]) {
        const x = side * (isMirror ? columns - 1 - column : column);
        const y = side * row;
        if (ground > 0) add(ground, `M${x} ${y}h${side}v${side}h${-side}z`);
        // Corners clockwise from the upper left; the mirror changes left and right.
        const turned = isMirror ? [1, 0, 3, 2][corner] : corner;
        const inner = second === ground ? (ground + 1) % grounds : second;
        if (shape < 3) add(shape === 2 ? inner : first, quarter(x, y, side, turned ?? 0, side));
        if (shape === 1) add(inner, quarter(x, y, side, turned ?? 0, side / 2));
        if (shape === 3 || shape === 4) add(shape === 3 ? first : inner, half(x, y, side, corner % 2 === 0));
        if (shape === 5) add(first, disc(x + side / 2, y + side / 2, side * 0.3));
      }
    }
  return paths;
}

function quarter(x: number, y: number, side: number, corner: number, radius: number): string {
  const left = corner === 0 || corner === 3;
  const top = corner < 2;
  const [cx, cy] = [left ? x : x + side, top ? y : y + side];
  const [dx, dy] = [left ? radius : -radius, top ? radius : -radius];
  return `M${cx} ${cy}h${dx}A${radius} ${radius} 0 0 ${left === top ? 1 : 0} ${cx} ${cy + dy}z`;
}

function half(x: number, y: number, side: number, isUpper: boolean): string {
  const [middle, radius] = [y + (isUpper ? side : 0), side / 2];
  return `M${x} ${middle}A${radius} ${radius} 0 0 ${isUpper ? 1 : 0} ${x + side} ${middle}z`;
}

function disc(x: number, y: number, radius: number): string {
  return `M${x - radius} ${y}A${radius} ${radius} 0 0 1 ${x + radius} ${y}A${radius} ${radius} 0 0 1 ${x - radius} ${y}z`;
}
