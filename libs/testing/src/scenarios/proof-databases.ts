import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { ServiceProcess } from '../processes/service-process.ts';
import { createDatabase } from '../stack/create-database.ts';

/** The proof services whose databases a scenario needs. */
export type ProofApp = 'proof-recorder' | 'proof-counter';

/** Migrated databases of the two proof services, made once and copied for each scenario. */
export class ProofDatabases {
  private constructor(
    private readonly postgresUrl: string,
    private readonly templates: Readonly<Record<ProofApp, string>>,
  ) {}

  /** Migrates one database per service by the services' own `migrate` command. */
  static async prepare(postgresUrl: string): Promise<ProofDatabases> {
    const [recorder, counter] = await Promise.all([
      migrated('proof-recorder', postgresUrl),
      migrated('proof-counter', postgresUrl),
    ]);
    return new ProofDatabases(postgresUrl, { 'proof-recorder': recorder, 'proof-counter': counter });
  }

  /** A copy for one scenario. @returns its URL */
  async copy(app: ProofApp): Promise<string> {
    const name = `${app.replace('-', '_')}_${randomBytes(4).toString('hex')}`;
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

async function migrated(app: ProofApp, postgresUrl: string): Promise<string> {
  const url = await createDatabase(postgresUrl, app);
  const job = new ServiceProcess(
    app,
    { DATABASE_URL: url, KAFKA_BROKERS: '127.0.0.1:1', OIDC_ISSUER: 'http://127.0.0.1:1', LAUREL_ENV: 'test' },
    ['migrate'],
  );
  const code = await job.end();
  if (code !== 0) throw new Error(`${app} migrate ended with ${code}:\n${job.output}`);
  return url;
}
