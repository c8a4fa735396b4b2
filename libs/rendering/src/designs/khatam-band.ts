import { starPolygon } from './star-polygon.ts';

/** A frame of square cells around a page: its outer edge is `inset` from the paper's. */
export interface KhatamBand {
  readonly width: number;
  readonly height: number;
  readonly inset: number;
  /** How many cells there are across and down, corners included. */
  readonly columns: number;
  readonly rows: number;
}

/** The eight-pointed stars of Arab geometry in a frame, tip to tip, with crosses left between them: the stars as one path, the lines inside them as another. */
export function khatamBand({ width, height, inset, columns, rows }: KhatamBand): { stars: string; lines: string } {
  const side = (width - 2 * inset) / columns;
  const [top, bottom] = [inset + side / 2, height - inset - side / 2];
  const at = (column: number) => inset + side * (column + 0.5);
  const places: [number, number][] = [];
  for (let column = 0; column < columns; column++) places.push([at(column), top], [at(column), bottom]);
  for (let row = 1; row < rows - 1; row++) {
    const y = top + ((bottom - top) * row) / (rows - 1);
    places.push([at(0), y], [at(columns - 1), y]);
  }
  const around = (radius: number, skip: number, turn: number) =>
    places.map(([x, y]) => moved(starPolygon(radius, 8, skip, turn), x, y)).join('');
  return {
    stars: places.map(([x, y]) => moved(outline(side / 2), x, y)).join(''),
    lines: around(side * 0.36, 2, 0) + around(side * 0.17, 3, Math.PI / 8),
  };
}

/** The outline of two squares laid over one another. */
function outline(radius: number): string {
  const inner = (radius * Math.cos(Math.PI / 4)) / Math.cos(Math.PI / 8);
  const corners = Array.from({ length: 16 }, (_, at) => {
    const [angle, length] = [(at * Math.PI) / 8, at % 2 === 0 ? radius : inner];
    return `${Math.round(length * Math.cos(angle))} ${Math.round(length * Math.sin(angle))}`;
  });
  return `M${corners.join('L')}z`;
}

function moved(path: string, x: number, y: number): string {
  return path.replace(
    /(-?\d+) (-?\d+)/g,
    (_, px: string, py: string) => `${Math.round(Number(px) + x)} ${Math.round(Number(py) + y)}`,
  );
}
