/** By four lanes, a count of one in each of four bytes. */
const SPREAD = Uint32Array.from({ length: 16 }, (_, lanes) =>
  [0, 1, 2, 3].reduce((sum, lane) => sum + ((lanes >> lane) & 1) * 2 ** (8 * lane), 0),
);

/** Eight counts at a time. */
class Counts {
  private readonly totals = new Uint32Array(8);
  private low = 0;
  private high = 0;

  /** Adds one to each lane that is set, at most 255 times before `settle`. */
  add(lanes: number): void {
    this.low += SPREAD[lanes & 15]!;
    this.high += SPREAD[lanes >> 4]!;
  }

  settle(): void {
    for (let lane = 0; lane < 4; lane++) {
      this.totals[lane]! += (this.low >>> (8 * lane)) & 255;
      this.totals[lane + 4]! += (this.high >>> (8 * lane)) & 255;
    }
    this.low = this.high = 0;
  }

  of(lane: number): number {
    return this.totals[lane]!;
  }
}

/**
 * How hard eight symbols are to read (ISO/IEC 18004, 7.8.3); the least of them wins. They are judged side by side, one in each bit, instead of one after the other.
 *
 * @param lanes the modules of all row by row; the bit of a symbol is 1 where it is dark
 */
export function qrPenalties(lanes: Uint8Array, size: number): number[] {
  // One point for each place from the fifth of a run on, two more for each such run, three for a block, forty for what looks like a finder pattern.
  const [places, runs, blocks, finders, dark] = [new Counts(), new Counts(), new Counts(), new Counts(), new Counts()];
  const judge = (from: number, step: number, isRow: boolean) => {
    // The last modules of the line, the newest first, and where two neighbours are equal.
    let [a, b, c, d, e, f, g, h, i, j] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let [ab, bc, cd, five] = [0, 0, 0, 0];
    for (let place = 0, at = from; place < size; place++, at += step) {
      const here = lanes[at]!;
      const same = place === 0 ? 0 : ~(here ^ a) & 255;
      const isFifth = same & ab & bc & cd;
      if (isFifth !== 0) {
        places.add(isFifth);
        runs.add(isFifth & ~five);
      }
      if (place >= 10) {
        // 10111010000 and its mirror image.
        const middle = ~i & h & g & f & ~e & 255;
        if ((middle & j & d) !== 0) {
          const ends = j & middle & d;
          finders.add(ends & ~(c | b | a | here));
        }
        const other = here & ~a & b & c & d & ~e & f & 255;
        if (other !== 0) finders.add(other & ~(g | h | i | j));
      }
      if (isRow) {
        dark.add(here);
        if (from > 0 && place > 0) {
          const up = lanes[at - size]!;
          const block = same & ~(here ^ up) & ~(here ^ lanes[at - size - 1]!);
          if (block !== 0) blocks.add(block);
        }
      }
      // One by one: as a list they would be made anew for each module.
      cd = bc;
      bc = ab;
      ab = same;
      five = isFifth;
      j = i;
      i = h;
      h = g;
      g = f;
      f = e;
      e = d;
      d = c;
      c = b;
      b = a;
      a = here;
    }
    for (const counts of [places, runs, blocks, finders, dark]) counts.settle();
  };
  for (let line = 0; line < size; line++) {
    judge(line * size, 1, true);
    judge(line, size, false);
  }
  return [0, 1, 2, 3, 4, 5, 6, 7].map((lane) => {
    const share = Math.abs(Math.ceil((dark.of(lane) * 20) / (size * size)) - 10);
    return places.of(lane) + 2 * runs.of(lane) + 3 * blocks.of(lane) + 40 * finders.of(lane) + 10 * share;
  });
}
