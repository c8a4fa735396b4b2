import type { QrDrawing } from './qr-drawing.ts';

/** The outlines as the `d` of an SVG path, whose fill rule has to be `evenodd`. */
export function qrPath({ outlines }: QrDrawing): string {
  return outlines
    .map((corners) => {
      let path = `M${corners[0]} ${corners[1]}`;
      for (let at = 2; at <= corners.length; at += 2) {
        const next = at % corners.length;
        const [x, y] = [corners[next]! - corners[at - 2]!, corners[next + 1]! - corners[at - 1]!];
        path += y === 0 ? `h${x}` : `v${y}`;
      }
      return `${path}z`;
    })
    .join('');
}
