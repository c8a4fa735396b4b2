import type { DataSource } from 'typeorm';

/** Whether the database lacks a migration that this build has: the service is not ready then. */
export async function hasPendingMigrations(dataSource: DataSource): Promise<boolean> {
  return dataSource.showMigrations();
}
