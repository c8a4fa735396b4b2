import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Makes an empty database with a name of its own. @returns its URL */
export async function createDatabase(postgresUrl: string, label = 'test'): Promise<string> {
  const name = `${label.replaceAll(/[^a-z0-9]/g, '_')}_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return url.href;
}
