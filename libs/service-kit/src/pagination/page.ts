import { type z } from 'zod';
import type { Cursor } from './define-cursor.ts';

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next page; left out on the last. */
  readonly next?: string;
}

/**
 * Makes a page of rows that were selected with `LIMIT limit + 1`: the extra row only tells that there is a next page.
 * `positionOf` answers the sort columns of a row.
 */
export function page<Row, Position extends z.ZodObject>(
  rows: readonly Row[],
  limit: number,
  cursor: Cursor<Position>,
  positionOf: (row: Row) => z.output<Position>,
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: cursor.write(positionOf(last)) } : { items };
}
