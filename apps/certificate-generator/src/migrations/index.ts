import { certificateMigrations } from '@laurel/certificates';
import { CreateInbox1770000000002, CreateOutbox1770000000001 } from '@laurel/messaging';
import { CreateIdempotency1770000000003 } from '@laurel/service-kit';
import type { MigrationInterface } from 'typeorm';

/**
 * All of the database `certificates`, for the registry too, whose role may not. The certificate key makes a request that is heard
 * twice one certificate; the inbox is there for what was buried, of which messaging keeps a note in it.
 */
export const migrations: readonly (new () => MigrationInterface)[] = [
  CreateOutbox1770000000001,
  CreateInbox1770000000002,
  CreateIdempotency1770000000003,
  ...certificateMigrations,
];
