import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ProofRecorded } from '@laurel/contracts';
import { parseRecord } from '@laurel/contracts';
import { CreateOutbox1770000000001 } from '@laurel/messaging';
import { createDataSource, migrate } from '@laurel/persistence';
import { createDatabase, createTopics, type Servers, waitFor } from '@laurel/testing';
import type { BenchRow } from './bench-row.ts';
import { percentile } from './percentile.ts';
import type { ReplicaOptions } from './replica-options.ts';

const script = fileURLToPath(new URL('./replica-process.ts', import.meta.url));

/** From a commit's answer to the next service's handler: idle and at 150 commits a second, one replica and three. */
export async function measureLatency(servers: Servers): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const replicas of [1, 3]) {
    for (const [label, perSecond, commits] of [
      ['idle', 10, 100],
      ['150', 150, 1_500],
    ] as const) {
      const times = await run(servers, replicas, perSecond / replicas, Math.round(commits / replicas));
      const name = `latency-${label}-${replicas}`;
      rows.push({ name: `${name}-p50`, value: percentile(times, 0.5), unit: 'ms', least: 8 });
      rows.push({ name: `${name}-p95`, value: percentile(times, 0.95), unit: 'ms', least: 60 });
    }
  }
  return rows;
}

async function run(servers: Servers, replicas: number, perSecond: number, commits: number): Promise<number[]> {
  const brokers = [servers.kafka.brokers];
  const { broker, prefix } = await createTopics(brokers);
  const databaseUrl = await migratedDatabase(servers);
  const arrived = new Map<string, number>();
  const consumer = broker.consumer({
    group: 'bench.latency',
    topics: ['proof.recorded'],
    concurrency: 12,
    onTick: () => undefined,
    onEnd: (error) => {
      throw error;
    },
    async onFetched({ records, resolve, commit }) {
      const at = performance.timeOrigin + performance.now();
      for (const record of records) {
        const parsed = parseRecord(record);
        if (parsed.kind === 'event') arrived.set((parsed.event as ProofRecorded).data.batchId, at);
        resolve(record);
      }
      const last = records.at(-1);
      if (last)
        await commit([{ topic: last.topic, partition: last.partition, offset: String(BigInt(last.offset) + 1n) }]);
    },
  });
  await consumer.start();
  const children = await Promise.all(
    Array.from({ length: replicas }, (_, index) =>
      startReplica({ name: `r${index}`, brokers, prefix, databaseUrl, commits, perSecond }),
    ),
  );
  const answers = children.map((child) => once(child, 'message') as Promise<[[string, number][]]>);
  for (const child of children) child.send('go');
  const committed = (await Promise.all(answers)).flatMap(([list]) => list);
  await waitFor(
    'all events',
    () => arrived.size,
    (count) => count >= committed.length,
  );
  for (const child of children) child.kill('SIGTERM');
  await consumer.stop();
  // The first ones meet code that was never run; every service is past that after a second.
  return committed.slice(replicas * 10).map(([name, at]) => (arrived.get(name) ?? Infinity) - at);
}

async function startReplica(options: ReplicaOptions): Promise<ChildProcess> {
  const child = fork(script, [JSON.stringify(options)], { execArgv: ['--import', './tools/ts.mjs'] });
  await once(child, 'message');
  return child;
}

async function migratedDatabase(servers: Servers): Promise<string> {
  const url = await createDatabase(servers.postgres.url(), 'latency');
  const log = { warn: (fields: object, message: string) => console.warn(message, fields) };
  const dataSource = createDataSource({ url, applicationName: 'bench', migrations: [CreateOutbox1770000000001], log });
  await migrate(dataSource);
  await dataSource.destroy();
  return url;
}
