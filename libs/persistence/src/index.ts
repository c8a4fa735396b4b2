export * from './connection/create-data-source.ts';
export * from './migration/migrate.ts';
export * from './migration/pending-migrations.ts';
export * from './rows/columns.ts';
export * from './rows/insert-rows.ts';
export * from './rows/update-rows.ts';
export * from './transaction/transaction.ts';
export * from './transaction/unit-of-work.ts';
