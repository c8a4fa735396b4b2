import { Problem } from './problem.ts';

/** How many lists and objects may stand in each other: more than any of our documents has. */
const deepest = 64;

/**
 * Throws a 400 problem for a value that nests deeper than 64 levels. Whoever walks over a body afterwards may call itself for
 * every level: of 100,000 brackets that would exhaust the stack, and look like a fault of ours.
 */
export function refuseDeepValue(value: unknown): void {
  // Level by level: a walk that called itself would fall for what it is to refuse.
  let level = [value].filter(isNesting);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > deepest) {
      throw new Problem(400, {
        code: 'too-deep',
        detail: `The body nests deeper than ${deepest} levels; write it flatter, or send a document in it as one text.`,
      });
    }
    level = level.flatMap((each): unknown[] => Object.values(each)).filter(isNesting);
  }
}

const isNesting = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
