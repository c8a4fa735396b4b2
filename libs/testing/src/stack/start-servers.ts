import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  freePort,
  provideKafka,
  type RunningKafka,
  type RunningPostgres,
  startKafka,
  startPostgres,
} from '@laurel/embedded';

/** Downloads are kept where `npm start` keeps them. */
const cache = fileURLToPath(new URL('../../../../.laurel/cache', import.meta.url));

export interface ServersOptions {
  /** The broker tells clients of this port of it that it stands at that one: where a proxy listens. */
  readonly proxied?: { readonly port: number; readonly advertisedPort: number };
  /** Whether commits reach the disk; a test that kills PostgreSQL needs it. */
  readonly durable?: boolean;
}

export interface Servers {
  kafka: RunningKafka;
  postgres: RunningPostgres;
  /** Starts a broker again that was killed or stopped, on its data and ports. */
  startKafkaAgain(): Promise<void>;
  startPostgresAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** A broker and a database of a test's own, on free ports, in a folder that goes with them. */
export async function startServers(options: ServersOptions = {}): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-test-'));
  const distribution = await provideKafka(cache, () => undefined);
  const kafkaOptions = {
    distribution,
    folder: join(folder, 'kafka'),
    port: await freePort(),
    controllerPort: await freePort(),
    // Members that a test stops are to be missed within a second or two; the broker's own least is 6 s.
    settings: { 'group.min.session.timeout.ms': '1000' },
    ...(options.proxied ? { listeners: [{ name: 'PROXIED', ...options.proxied }] } : {}),
  };
  const postgresOptions = {
    folder: join(folder, 'postgres'),
    port: await freePort(),
    settings: {
      max_connections: '200',
      ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    },
  };
  const [kafka, postgres] = await startBoth(startKafka(kafkaOptions), startPostgres(postgresOptions));
  const servers: Servers = {
    kafka,
    postgres,
    async startKafkaAgain() {
      servers.kafka = await startKafka(kafkaOptions);
    },
    async startPostgresAgain() {
      servers.postgres = await startPostgres(postgresOptions);
    },
    async stop() {
      await Promise.all([servers.kafka.stop(), servers.postgres.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return servers;
}

/** Both, or none: one that is up while the other fails would outlive the test run. */
async function startBoth(
  startingKafka: Promise<RunningKafka>,
  startingPostgres: Promise<RunningPostgres>,
): Promise<[RunningKafka, RunningPostgres]> {
  const [kafka, postgres] = await Promise.allSettled([startingKafka, startingPostgres]);
  if (kafka.status === 'fulfilled' && postgres.status === 'fulfilled') return [kafka.value, postgres.value];
  if (kafka.status === 'fulfilled') await kafka.value.stop();
  if (postgres.status === 'fulfilled') await postgres.value.stop();
  throw kafka.status === 'rejected' ? kafka.reason : (postgres as PromiseRejectedResult).reason;
}
