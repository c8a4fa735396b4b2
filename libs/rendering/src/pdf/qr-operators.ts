import type { QrDrawing } from '../qr/qr-drawing.ts';

const [MOVE, ACROSS, DOWN, CLOSE] = [...'Mhvz'].map((sign) => sign.charCodeAt(0));
const [MINUS, SPACE, ZERO] = [...'- 0'].map((sign) => sign.charCodeAt(0)) as [number, number, number];

/**
 * A QR code as operators of a content stream (ISO 32000-1, 8.5): the white ground with its quiet zone, and the dark modules as outlines filled by the even-odd rule.
 * `matrix` leads from modules to points. Throws an Error for a path of other commands than `qrDrawing` writes.
 */
export function qrOperators({ size, path }: QrDrawing, matrix: readonly number[]): string {
  if (matrix.length !== 6 || !matrix.every(Number.isFinite))
    throw new Error(`The matrix of a QR code is [${matrix.join(' ')}]: give six finite numbers.`);
  let operators = `q\n${matrix.map(decimal).join(' ')} cm\n1 1 1 rg\n0 0 ${size} ${size} re\nf\n0 0 0 rg\n`;
  let at = 0;
  // By hand, and not by an expression: a path has some 1500 numbers.
  const whole = (): number => {
    const isBelow = path.charCodeAt(at) === MINUS;
    if (isBelow) at += 1;
    const from = at;
    let number = 0;
    for (let digit = path.charCodeAt(at) - ZERO; digit >= 0 && digit <= 9; digit = path.charCodeAt(++at) - ZERO)
      number = number * 10 + digit;
    if (at === from) throw new Error(`The outline of a QR code has no number at ${at}.`);
    return isBelow ? -number : number;
  };
  let x = 0;
  let y = 0;
  let [startX, startY] = [0, 0];
  let line = '';
  while (at < path.length) {
    const command = path.charCodeAt(at++);
    // A last line back to the start is what closing the outline draws too.
    if (command !== CLOSE || x !== startX || y !== startY) operators += line;
    line = '';
    if (command === MOVE) {
      x = whole();
      if (path.charCodeAt(at++) !== SPACE) throw new Error(`The outline of a QR code has one coordinate at ${at}.`);
      y = whole();
      [startX, startY] = [x, y];
      operators += `${x} ${y} m\n`;
    } else if (command === ACROSS || command === DOWN) {
      if (command === ACROSS) x += whole();
      else y += whole();
      line = `${x} ${y} l\n`;
    } else if (command === CLOSE) {
      operators += 'h\n';
      [x, y] = [startX, startY];
    } else {
      throw new Error(`The outline of a QR code has the command ${path[at - 1]}: it may hold M, h, v and z.`);
    }
  }
  return `${operators}${line}f*\nQ\n`;
}

/** PDF knows no exponents. */
const decimal = (number: number) => String(Number(number.toFixed(6))).replace(/^.*e.*$/, '0');
