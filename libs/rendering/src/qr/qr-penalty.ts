/**
 * How hard a symbol is to read (ISO/IEC 18004, 7.8.3), the least of eight masks wins.
 *
 * @param dark its modules row by row, 1 is dark
 * @param limit from so many points on it no longer matters how many there are
 */
export function qrPenalty(dark: Uint8Array, size: number, limit = Infinity): number {
  let points = 0;
  let count = 0;
  for (let line = 0; line < size; line++) {
    points += linePenalty(dark, line * size, 1, size) + linePenalty(dark, line, size, size);
    if (points >= limit) return points;
  }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      const here = dark[at]!;
      count += here;
      // Blocks of one colour, two by two.
      if (row === 0 || column === 0) continue;
      if (dark[at - 1] === here && dark[at - size] === here && dark[at - size - 1] === here) points += 3;
    }
  }
  return points + 10 * Math.abs(Math.ceil((count * 20) / (size * size)) - 10);
}

/** Runs of five and more, and what looks like a finder pattern, in one row or column. */
function linePenalty(dark: Uint8Array, from: number, step: number, size: number): number {
  let points = 0;
  let last = 2;
  let run = 0;
  let bits = 0;
  for (let place = 0, at = from; place < size; place++, at += step) {
    const here = dark[at]!;
    run = here === last ? run + 1 : 1;
    last = here;
    if (run === 5) points += 3;
    else if (run > 5) points += 1;
    bits = ((bits << 1) & 0x7ff) | here;
    if (place >= 10 && (bits === 0x5d0 || bits === 0x05d)) points += 40;
  }
  return points;
}
