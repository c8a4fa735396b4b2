import pg from 'pg';
import { registryRole } from './registry-role.ts';
import { ServiceDatabases } from './service-databases.ts';

/** The services of the path that own a database; certificate-registry is a guest in the generator's. */
export type PathOwner = 'lms' | 'asset-store' | 'rule-evaluator' | 'certificate-generator' | 'webhook-dispatcher';

export type PathDatabases = ServiceDatabases<PathOwner>;

const owners: readonly PathOwner[] = [
  'lms',
  'asset-store',
  'rule-evaluator',
  'certificate-generator',
  'webhook-dispatcher',
];

/** Migrated databases of the services of the path, to be copied for each scenario. */
export async function pathDatabases(postgresUrl: string): Promise<PathDatabases> {
  await createRegistryRole(postgresUrl);
  return ServiceDatabases.prepare(postgresUrl, owners);
}

/** Roles belong to the server, so several test files may want it at once. The migration grants it its rights. */
async function createRegistryRole(postgresUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(2)');
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [registryRole.name]);
    if (rowCount === 0) {
      await client.query(`CREATE ROLE ${registryRole.name} LOGIN PASSWORD '${registryRole.password}'`);
    }
  } finally {
    await client.end();
  }
}
