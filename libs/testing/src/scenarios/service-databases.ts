import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ServiceProcess } from '../processes/service-process.ts';
import { createDatabase } from '../stack/create-database.ts';

/** Migrated databases of some services, made once and copied for each scenario. */
export class ServiceDatabases<App extends string> {
  private constructor(
    readonly postgresUrl: string,
    private readonly templates: Readonly<Record<App, string>>,
  ) {}

  /** Migrates one database per service by the services' own `migrate` command. */
  static async prepare<App extends string>(postgresUrl: string, apps: readonly App[]): Promise<ServiceDatabases<App>> {
    const made = await Promise.all(apps.map(async (app) => [app, await migrated(app, postgresUrl)] as const));
    return new ServiceDatabases(postgresUrl, Object.fromEntries(made) as Record<App, string>);
  }

  /** A copy for one scenario. @returns its URL */
  async copy(app: App): Promise<string> {
    const name = `${app.replaceAll('-', '_')}_${randomBytes(4).toString('hex')}`;
    const client = new pg.Client({ connectionString: this.postgresUrl });
    await client.connect();
    try {
      // Two scenarios must not copy one template at the same moment.
      await client.query('SELECT pg_advisory_lock(1)');
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(this.templates[app]).pathname.slice(1)}`);
    } finally {
      await client.end();
    }
    const url = new URL(this.postgresUrl);
    url.pathname = `/${name}`;
    return url.href;
  }
}

async function migrated(app: string, postgresUrl: string): Promise<string> {
  const url = await createDatabase(postgresUrl, app);
  const job = new ServiceProcess(
    app,
    { DATABASE_URL: url, KAFKA_BROKERS: '127.0.0.1:1', OIDC_ISSUER: 'http://127.0.0.1:1', LAUREL_ENV: 'test' },
    ['migrate'],
  );
  const code = await job.end(60_000);
  if (code !== 0) throw new Error(`${app} migrate ended with ${code}:\n${job.output}`);
  return url;
}
