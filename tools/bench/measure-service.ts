import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { enrolmentId } from '@laurel/contracts';
import { completion, ProofChain, proofDatabases, type Servers, waitFor } from '@laurel/testing';
import type { BenchRow } from './bench-row.ts';
import { processorTime } from './processor-time.ts';

/**
 * A compiled service that has nothing to do, and the time until all partitions of a killed one go on; its session, after
 * which the broker gives them to another, is 6 s here.
 */
export async function measureService(servers: Servers): Promise<BenchRow[]> {
  const databases = await proofDatabases(servers.postgres.url());
  const chain = await ProofChain.prepare({ brokers: [servers.kafka.brokers], databases, compiled: true });
  try {
    const service = await chain.ready('proof-recorder');
    const idle = await measureIdle(service.process.pid);
    const victim = await chain.ready('proof-recorder');
    await everyPartition(chain, 'before');
    victim.process.signal('SIGKILL');
    const killed = performance.now();
    await everyPartition(chain, 'after');
    return [...idle, { name: 'takeover-seconds', value: (performance.now() - killed) / 1_000, unit: 's' }];
  } finally {
    await chain.stop();
  }
}

async function measureIdle(pid: number): Promise<BenchRow[]> {
  // What a start leaves to do (compilation, joins) is over by then.
  await pause(5_000);
  const before = processorTime(pid);
  await pause(20_000);
  const cpu = (processorTime(pid) - before) / 20;
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  return [
    { name: 'idle-cpu', value: cpu, unit: 'ms/s' },
    { name: 'idle-memory', value: memory, unit: 'MB' },
  ];
}

/** Sends enough records to reach each of the twelve partitions, and waits until all of them took effect. */
async function everyPartition(chain: ProofChain, label: string): Promise<void> {
  const learners = Array.from({ length: 100 }, (_, index) => `${label}-${index}`);
  await chain.send(
    learners.map((learnerId) => completion({ tenantId: 'acme', batchId: 'bench', learnerId, score: 1 })),
  );
  const ids = learners.map((learner) => enrolmentId('acme', 'bench', learner));
  const count = () =>
    chain.query<{ n: number }>(
      'proof-recorder',
      'SELECT count(*)::int AS n FROM recording WHERE enrolment_id = ANY($1)',
      [ids],
    );
  await waitFor(`records of every partition, ${label}`, count, ([row]) => row?.n === learners.length);
}
