import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Writes and reads the cursors of one list. */
export interface Cursor<Position extends z.ZodObject> {
  /** The cursor after the row at this position. */
  write(position: z.output<Position>): string;
  /** The query parameter: a cursor of this list, read into the position; anything else is a validation error. */
  readonly schema: z.ZodType<z.output<Position>, string>;
}

const checkBytes = 9;
const longest = 1_500;

/**
 * Defines the cursor of a list that is read by keyset: `position` names the sort columns of the last row that was shown, of
 * which the last is unique, as strings and numbers. Cursors are opaque and carry a check over the list's name and the
 * position, so that an altered one, and one of another list, is refused. They are not secret and not signed: a position
 * grants nothing, because the query is bound to its tenant whatever the cursor says.
 */
export function defineCursor<Position extends z.ZodObject>(list: string, position: Position): Cursor<Position> {
  const names = Object.keys(position.shape).sort();
  return {
    write(value) {
      const body = Buffer.from(JSON.stringify(names.map((name) => (value as Record<string, unknown>)[name])));
      return Buffer.concat([check(list, body), body]).toString('base64url');
    },
    schema: z
      .string()
      .max(longest)
      .transform((text, context): z.output<Position> => {
        const found = read(list, names, text);
        const parsed = found && position.safeParse(found);
        if (parsed?.success) return parsed.data;
        context.issues.push({
          code: 'custom',
          message: 'is not a cursor of this list: send the `next` of its last page as it came, or none to begin anew',
          input: text,
        });
        return z.NEVER;
      }),
  };
}

function read(list: string, names: readonly string[], text: string): Record<string, unknown> | undefined {
  const bytes = Buffer.from(text, 'base64url');
  // Node skips what is no base64url; writing it again shows whether it did.
  if (bytes.toString('base64url') !== text || bytes.length <= checkBytes) return undefined;
  const body = bytes.subarray(checkBytes);
  if (!timingSafeEqual(bytes.subarray(0, checkBytes), check(list, body))) return undefined;
  const values = JSON.parse(body.toString()) as unknown;
  if (!Array.isArray(values) || values.length !== names.length) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, values[index] as unknown]));
}

function check(list: string, body: Buffer): Buffer {
  return createHash('sha256').update(`laurel-cursor\0${list}\0`).update(body).digest().subarray(0, checkBytes);
}
