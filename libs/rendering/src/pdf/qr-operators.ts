import type { QrDrawing } from '../qr/qr-drawing.ts';

/**
 * A QR code as operators of a content stream (ISO 32000-1, 8.5): the white ground with its quiet zone, and the dark modules as outlines filled by the even-odd rule.
 * `matrix` leads from modules to points.
 */
export function qrOperators({ size, outlines }: QrDrawing, matrix: readonly number[]): string {
  if (matrix.length !== 6 || !matrix.every(Number.isFinite))
    throw new Error(`The matrix of a QR code is [${matrix.join(' ')}]: give six finite numbers.`);
  let operators = `q\n${matrix.map(decimal).join(' ')} cm\n1 1 1 rg\n0 0 ${size} ${size} re\nf\n0 0 0 rg\n`;
  for (const corners of outlines) {
    const [x = 0, y = 0] = corners;
    if (corners.length === 8) {
      operators += `${x} ${y} ${corners[4]! - x} ${corners[5]! - y} re\n`;
      continue;
    }
    operators += `${x} ${y} m\n`;
    for (let at = 2; at < corners.length; at += 2) operators += `${corners[at]} ${corners[at + 1]} l\n`;
    operators += 'h\n';
  }
  return `${operators}f*\nQ\n`;
}

/** PDF knows no exponents. */
const decimal = (number: number) => String(Number(number.toFixed(6))).replace(/^.*e.*$/, '0');
