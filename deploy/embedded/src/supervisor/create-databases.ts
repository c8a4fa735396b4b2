import pg from 'pg';
import { databases } from './databases.ts';
import type { Secrets } from './secrets.ts';

/**
 * Makes what is missing of the databases and roles, and sets the passwords. Nobody but a database's own roles may connect to it;
 * `alone` also closes the server's own databases to them. Needs a role that may create databases and roles.
 */
export async function createDatabases(adminUrl: string, secrets: Secrets, alone: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const names = async (query: string) =>
      new Set((await client.query<{ name: string }>(query)).rows.map(({ name }) => name));
    const rolesHere = await names('select rolname as name from pg_roles');
    const databasesHere = await names('select datname as name from pg_database');
    const superuser =
      (await client.query('select from pg_roles where rolname = current_user and rolsuper')).rowCount === 1;

    for (const role of new Set(databases.flatMap(({ owner, guests = [] }) => [owner, ...guests]))) {
      const verb = rolesHere.has(role) ? 'alter' : 'create';
      await client.query(
        `${verb} role ${quoted(role)} login password ${client.escapeLiteral(secrets.of(`role ${role}`))}`,
      );
      // Whoever is no superuser must be a member of a role to make it an owner.
      if (!superuser && verb === 'create') await client.query(`grant ${quoted(role)} to current_user`);
    }
    for (const { name, owner, guests = [] } of databases) {
      if (!databasesHere.has(name)) await client.query(`create database ${quoted(name)} owner ${quoted(owner)}`);
      await client.query(`revoke all on database ${quoted(name)} from public`);
      for (const guest of guests) await client.query(`grant connect on database ${quoted(name)} to ${quoted(guest)}`);
    }
    if (alone) {
      for (const name of ['postgres', 'template1'])
        await client.query(`revoke all on database ${quoted(name)} from public`);
    }
  } finally {
    await client.end();
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
