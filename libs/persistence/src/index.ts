export * from './connection/create-data-source.ts';
export * from './connection/session-timeouts.ts';
export * from './migration/migrate.ts';
export * from './migration/pending-migrations.ts';
export type { Columns } from './rows/column-arrays.ts';
export * from './rows/insert-rows.ts';
export * from './rows/update-rows.ts';
export * from './transaction/transaction.ts';
export * from './transaction/unit-of-work.ts';
