import type { Finding } from './markup.ts';

/** How many pixels an inch of paper wants. */
export const PICTURE_DPI = {
  least: 100,
  good: 150,
  /** What is said of a picture whose pixels are so large on paper. */
  findings(at: number, mmPerPixel: number, width: number, height: number): Finding[] {
    const dpi = 25.4 / mmPerPixel;
    if (!(dpi < PICTURE_DPI.good - 0.5)) return [];
    const isPoor = dpi < PICTURE_DPI.least - 0.5;
    const times = PICTURE_DPI.good / dpi;
    const [wide, tall] = [width * mmPerPixel, height * mmPerPixel].map((mm) => mm.toFixed(0));
    return [
      {
        at,
        rule: 'resolution',
        ...(isPoor ? {} : { level: 'advice' }),
        reason: `The picture of ${width} × ${height} pixels is ${wide} × ${tall} mm on paper: ${Math.floor(dpi)} dpi.`,
        advice: `Take one of ${Math.ceil(width * times)} × ${Math.ceil(height * times)} pixels (${PICTURE_DPI.good} dpi), or show it smaller.`,
      },
    ];
  },
} as const;
