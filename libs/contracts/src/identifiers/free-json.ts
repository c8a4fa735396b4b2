import { z } from 'zod';

/** Levels of objects and arrays in one value; with those around it, below what the parser of records takes. */
const maxDepth = 32;

/**
 * Any JSON value whose shape another document tells (the claims of a credential). Checked by levels in one pass, not by
 * zod's recursive union, which a deep value overflows and a large one keeps busy for a second.
 */
export const freeJson = z.custom<z.core.util.JSONType>(isJson, {
  message: `must be JSON of at most ${maxDepth} levels, its texts without NUL and lone surrogates`,
});

function isJson(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth || !level.every(isSound)) return false;
    level = level.flatMap((each): unknown[] => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return true;
}

/** What JSON can say and `jsonb` can hold. A `Date` or a class would reach consumers as something else. */
function isSound(value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || Array.isArray(value)) return true;
  if (typeof value === 'string') return isText(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.keys(value).every((name) => isText(name) && name !== '__proto__');
}

const isText = (text: string) => text.isWellFormed() && !text.includes('\0');
