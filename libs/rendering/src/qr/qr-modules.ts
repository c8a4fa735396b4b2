import { create } from 'qrcode';
import { qrPenalties } from './qr-penalty.ts';

/** The modules of a QR code, row by row; 1 is dark. */
export interface QrModules {
  readonly size: number;
  readonly dark: Uint8Array;
}

/** ISO/IEC 18004, 7.8.2: whether a module is turned over, by its row and its column. */
const patterns: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row * column) % 3) + ((row + column) % 2)) % 2 === 0,
];
/** By size, what the masks turn over, each in its bit: it depends on nothing else. */
const masks = new Map<number, Uint8Array>();

/**
 * The QR code of a text (ISO/IEC 18004, bytes in UTF-8, error correction M), with the mask of the lowest penalty. The library
 * searches the mask, and the shortest mixture of modes, at four fifths of the cost of a code: here each mask is tried on the finished symbol.
 *
 * @throws {Error} when the text is longer than a code can hold
 */
export function qrModules(text: string): QrModules {
  const data = new TextEncoder().encode(text);
  const { modules } = create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'M', maskPattern: 0 });
  const { size } = modules;
  const turned = masksOf(size, modules.reservedBit);
  // What was made is turned over by the first mask: its modules are those of the first lane.
  const lanes = new Uint8Array(turned.length);
  for (let at = 0; at < lanes.length; at++)
    lanes[at] = (modules.data[at]! ^ turned[at]!) & 1 ? ~turned[at]! : turned[at]!;
  patterns.forEach((_, pattern) => writeFormat(lanes, size, pattern));
  const penalties = qrPenalties(lanes, size);
  const best = penalties.indexOf(Math.min(...penalties));
  for (let at = 0; at < lanes.length; at++) lanes[at] = (lanes[at]! >> best) & 1;
  return { size, dark: lanes };
}

function masksOf(size: number, reserved: Uint8Array): Uint8Array {
  let known = masks.get(size);
  if (known === undefined) {
    known = Uint8Array.from(reserved, (isReserved, at) =>
      isReserved
        ? 0
        : patterns.reduce(
            (lanes, isTurned, pattern) => lanes | (isTurned(Math.floor(at / size), at % size) ? 1 << pattern : 0),
            0,
          ),
    );
    masks.set(size, known);
  }
  return known;
}

/** Format information (7.9): level M is 00, then the mask, ten bits of BCH, and a mask over all; twice, from the least bit on. */
function writeFormat(lanes: Uint8Array, size: number, pattern: number): void {
  const write = (at: number, value: number) => {
    lanes[at] = value === 1 ? lanes[at]! | (1 << pattern) : lanes[at]! & ~(1 << pattern);
  };
  let rest = pattern << 10;
  for (let bit = 14; bit >= 10; bit--) if ((rest >> bit) & 1) rest ^= 0x537 << (bit - 10);
  const bits = ((pattern << 10) | rest) ^ 0x5412;
  for (let at = 0; at < 15; at++) {
    const value = (bits >> at) & 1;
    const row = at < 6 ? at : at < 8 ? at + 1 : size - 15 + at;
    const column = at < 8 ? size - at - 1 : at < 9 ? 7 : 14 - at;
    write(row * size + 8, value);
    write(8 * size + column, value);
  }
  write((size - 8) * size + 8, 1);
}
