import { type CertificateRequested, certificateRequested } from '@laurel/contracts';
import { CreateOutbox1770000000001 } from '@laurel/messaging';
import { createDataSource, migrate, UnitOfWork } from '@laurel/persistence';
import { createDatabase } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { allocateCertificates } from '../allocation/allocate-certificates.ts';
import { resolveIssueNumbers } from '../allocation/resolve-issue-numbers.ts';
import { certificateMigrations } from '../migrations/certificate-migrations.ts';
import { settleCertificates } from '../settlement/settle-certificates.ts';

let database: DataSource;
let unitOfWork: UnitOfWork;
const [example] = certificateRequested.examples;
const now = new Date('2026-11-21T12:00:00Z');

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'superseded_bits');
  database = createDataSource({
    ...{ url, applicationName: 'test', log: { warn: () => undefined } },
    migrations: [CreateOutbox1770000000001, ...certificateMigrations],
  });
  await database.initialize();
  await migrate(database);
  unitOfWork = new UnitOfWork(database);
}, 60_000);

afterAll(() => database.destroy());

/** From the request to the issue, as the generator does it. */
async function issue(issuerId: string, issueAs: CertificateRequested['data']['issue']): Promise<string> {
  const data = { ...example, requestId: v7(), issuerId, issue: issueAs };
  const event = { id: v7(), tenantId: 'acme', correlationId: 'c', data } as CertificateRequested;
  const [row] = await unitOfWork.run(async (transaction) => {
    const { numbered } = await resolveIssueNumbers(transaction, [event]);
    return allocateCertificates(transaction, numbered, { now, keysOf: () => ({ kid: 'k', integrityKid: 'i' }) });
  });
  const { id = '', version = 0 } = row ?? {};
  const made = { id, version, credential: 'jwt', credential_sha256: 'c', pdf_sha256: 'p', pdf_object: 'o' };
  await unitOfWork.run((transaction) =>
    settleCertificates(transaction, { made: [made], failed: [] }, { actor: 'test', now }),
  );
  return id;
}

test('a certificate has its index from its allocation, and its list is marked when another takes its place', async () => {
  const issuerId = v7();
  const first = await issue(issuerId, { kind: 'first' });
  await database.query('TRUNCATE status_list_change');
  const second = await issue(issuerId, { kind: 'replace', certificateId: first });
  const rows = await database.query<{ id: string; state: string; status_list: string; status_index: number }[]>(
    'SELECT id, state, status_list, status_index FROM certificate WHERE issuer_id = $1 ORDER BY issue_number',
    [issuerId],
  );
  expect(rows.map(({ id, state }) => [id, state])).toEqual([
    [first, 'superseded'],
    [second, 'issued'],
  ]);
  const [old, successor] = rows;
  expect(old?.status_list).toBe(successor?.status_list);
  expect(old?.status_index).not.toBe(successor?.status_index);
  expect(await database.query('SELECT list FROM status_list_change')).toEqual([{ list: old?.status_list }]);
});
