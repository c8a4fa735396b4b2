import { certificateMigrations } from '@laurel/certificates';
import { CreateInbox1770000000002, CreateOutbox1770000000001 } from '@laurel/messaging';
import { CreateIdempotency1770000000003 } from '@laurel/service-kit';
import type { MigrationInterface } from 'typeorm';

/** What this service needs of the database `certificates`. The generator's role runs them; this one's cannot. */
export const migrations: readonly (new () => MigrationInterface)[] = [
  CreateOutbox1770000000001,
  CreateInbox1770000000002,
  CreateIdempotency1770000000003,
  ...certificateMigrations,
];
