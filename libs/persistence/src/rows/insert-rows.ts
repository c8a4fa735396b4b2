import type { Transaction } from '../transaction/transaction.ts';
import { columnArrays, type Columns } from './column-arrays.ts';
import { identifier } from './identifier.ts';

export interface InsertOptions {
  /** Skips rows whose key exists: `any`, or the columns of one unique key. Left out, a double is an error. */
  readonly onConflictDoNothing?: 'any' | readonly string[];
  /** Columns to give back, of the rows that were really inserted. */
  readonly returning?: readonly string[];
}

/**
 * Inserts any number of rows by one statement over `unnest`: the plan is the same for 1 and for 500 rows, and the
 * limit of 65,535 parameters is never met.
 *
 * @param columns each column with its PostgreSQL type (`{ id: 'uuid', data: 'jsonb' }`); array types cannot be unnested
 * @param rows their values by column; a missing one is NULL. An object in a `json` or `jsonb` column is written as JSON
 */
export async function insertRows<Row extends object, Returned = Row>(
  transaction: Transaction,
  table: string,
  columns: Columns,
  rows: readonly Row[],
  options: InsertOptions = {},
): Promise<Returned[]> {
  if (rows.length === 0) return [];
  const names = Object.keys(columns).map(identifier).join(', ');
  const { arrays, values } = columnArrays(columns, rows);
  const sql = [
    `INSERT INTO ${identifier(table)} (${names}) SELECT * FROM unnest(${arrays})`,
    conflictClause(options.onConflictDoNothing),
    options.returning ? `RETURNING ${options.returning.map(identifier).join(', ')}` : '',
  ];
  return transaction.query<Returned>(sql.join(' '), values);
}

function conflictClause(target: InsertOptions['onConflictDoNothing']): string {
  if (!target) return '';
  const columns = target === 'any' ? '' : ` (${target.map(identifier).join(', ')})`;
  return `ON CONFLICT${columns} DO NOTHING`;
}
