import { paintedPng } from './painted-png.ts';

/** Rings of colour, as logos have them: 480 by 480 pixels. */
const logo = paintedPng(480, 480, (x, y) => {
  const [away, turn] = [Math.hypot(x - 240, y - 240), Math.atan2(y - 240, x - 240)];
  if (away > 238) return [0, 0, 0, 0];
  const wave = Math.sin(turn * 12 + away / 9);
  return wave > 0.3 ? [29, 47, 79, 255] : [169 + Math.round(wave * 40), 127, 53, 255];
});

/** A stroke of ink, as signatures are scanned: 600 by 150 pixels. */
const signature = (phase: number) =>
  paintedPng(600, 150, (x, y) => {
    const line = 75 + 45 * Math.sin(x / 23 + phase) * Math.cos(x / 71);
    const ink = Math.max(0, 1 - Math.abs(y - line) / 4);
    return [20, 30, 80, Math.round(ink * 255)];
  });

/** Paper with a grain: 1123 by 794 pixels. */
const paper = paintedPng(1123, 794, (x, y) => {
  const grain = ((x * 7 + y * 13) % 31 === 0 ? -4 : 0) + Math.round(3 * Math.sin(x / 40) * Math.cos(y / 55));
  return [253 + Math.min(0, grain), 250 + Math.min(0, grain), 243 + grain, 255];
});

/** What stands on certificates besides words: a logo, the scans of two signatures, a paper. */
export const benchPictures = { logo, signatures: [signature(0), signature(2)], paper } as const;
