import type { Transaction } from '../transaction/transaction.ts';
import { columnArrays, type Columns } from './column-arrays.ts';
import { identifier } from './identifier.ts';

/**
 * Updates any number of rows by one statement over `unnest`. Rows are matched by `keys`; each of `sets` takes the
 * value of its row.
 *
 * @param returning columns to give back, of the rows that were really updated
 */
export async function updateRows<Row extends object, Returned = Row>(
  transaction: Transaction,
  table: string,
  keys: Columns,
  sets: Columns,
  rows: readonly Row[],
  returning: readonly string[] = Object.keys(keys),
): Promise<Returned[]> {
  if (rows.length === 0) return [];
  const columns = { ...keys, ...sets };
  const { arrays, values } = columnArrays(columns, rows);
  const assign = Object.keys(sets).map((name) => `${identifier(name)} = given.${identifier(name)}`);
  const match = Object.keys(keys).map((name) => `target.${identifier(name)} = given.${identifier(name)}`);
  const sql =
    `UPDATE ${identifier(table)} AS target SET ${assign.join(', ')} ` +
    `FROM unnest(${arrays}) AS given(${Object.keys(columns).map(identifier).join(', ')}) ` +
    `WHERE ${match.join(' AND ')} RETURNING ${returning.map((name) => `target.${identifier(name)}`).join(', ')}`;
  return transaction.query<Returned>(sql, values);
}
