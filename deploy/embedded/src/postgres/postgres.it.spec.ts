import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../ports/free-port.ts';
import { createDatabases } from '../supervisor/create-databases.ts';
import { Secrets } from '../supervisor/secrets.ts';
import type { PostgresOptions } from './postgres-options.ts';
import { probePostgres } from './probe-postgres.ts';
import type { RunningPostgres } from './running-postgres.ts';
import { startPostgres } from './start-postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'laurel-postgres-'));
const secrets = new Secrets(join(folder, 'secrets.json'));
let options: PostgresOptions;
let postgres: RunningPostgres;

beforeAll(async () => {
  options = { folder: join(folder, 'postgres'), port: await freePort(), password: 'a/secret of: its own' };
  postgres = await startPostgres(options);
  await createDatabases(postgres.url(), secrets, true);
});

afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(database: string, role: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({
    connectionString: postgres.url(database, { name: role, password: secrets.of(`role ${role}`) }),
  });
  try {
    await client.connect();
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

it('is PostgreSQL 18 and durable', async () => {
  const { rows } = await ask(
    'lms',
    'lms',
    `select current_setting('server_version_num')::int as version, current_setting('fsync') as fsync`,
  );
  expect(rows).toEqual([{ version: expect.any(Number) as number, fsync: 'on' }]);
  expect((rows[0] as { version: number }).version).toBeGreaterThanOrEqual(180_000);
});

it('lets a role into its own database only', async () => {
  await ask('lms', 'lms', 'create table thing (id int)');
  await expect(ask('rules', 'lms', 'select 1')).rejects.toThrow('permission denied for database "rules"');
  await expect(ask('postgres', 'lms', 'select 1')).rejects.toThrow('permission denied for database "postgres"');
  expect(await probePostgres(postgres.url('lms', { name: 'lms', password: 'wrong' }))).toBe(false);
  expect(await probePostgres(postgres.url('lms', { name: 'lms' }))).toBe(false);
});

it('gives the registry an entry to the database of the generator, and nothing in it', async () => {
  await ask('certificates', 'certificate_generator', 'create table issuer_key (secret text)');
  await expect(ask('certificates', 'certificate_registry', 'select * from issuer_key')).rejects.toThrow(
    'permission denied for table',
  );
  await expect(ask('certificates', 'certificate_registry', 'create table mine (id int)')).rejects.toThrow(
    'permission denied for schema',
  );
});

it('keeps what was committed over a kill of the server and all its backends', async () => {
  await ask('lms', 'lms', 'create table kept as select 42 as answer');
  await postgres.kill();
  expect(await probePostgres(postgres.url())).toBe(false);
  postgres = await startPostgres(options);
  await createDatabases(postgres.url(), secrets, true);
  expect((await ask('lms', 'lms', 'select answer from kept')).rows).toEqual([{ answer: 42 }]);
});

it('comes back although the backends of a killed server still hold its memory', async () => {
  const client = new pg.Client({ connectionString: postgres.url() });
  client.on('error', () => undefined);
  await client.connect();
  process.kill(postgres.pid, 'SIGKILL');
  await postgres.exited;
  postgres = await startPostgres(options);
  expect(await probePostgres(postgres.url())).toBe(true);
  await client.end().catch(() => undefined);
});
