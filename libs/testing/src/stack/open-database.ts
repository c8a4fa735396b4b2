import { CreateInbox1770000000002, CreateOutbox1770000000001 } from '@laurel/messaging';
import { createDataSource, migrate, UnitOfWork } from '@laurel/persistence';
import type { DataSource } from 'typeorm';
import { createDatabase } from './create-database.ts';

export interface MessagingDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly unitOfWork: UnitOfWork;
}

/** Makes a database with inbox and outbox, and opens it as a service does. Close it by `dataSource.destroy()`. */
export async function openDatabase(postgresUrl: string, label: string): Promise<MessagingDatabase> {
  const url = await createDatabase(postgresUrl, label);
  const dataSource = createDataSource({
    url,
    applicationName: label,
    migrations: [CreateOutbox1770000000001, CreateInbox1770000000002],
    poolSize: 10,
    log: { warn: () => undefined },
  });
  await migrate(dataSource);
  return { url, dataSource, unitOfWork: new UnitOfWork(dataSource) };
}
