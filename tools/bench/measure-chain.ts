import { completions, createDatabase, createTopics, sendRecords, type Servers } from '@laurel/testing';
import type { BenchRow } from './bench-row.ts';
import { processorTime } from './processor-time.ts';
import { Stage } from './stage.ts';
import type { StageOptions } from './stage-options.ts';

const records = 100_000;
const steps = [
  { takes: 'course.completed', says: 'proof.recorded' },
  { takes: 'proof.recorded', says: 'proof.counted' },
  { takes: 'proof.counted', says: 'proof.recorded' },
] as const;

/** 100,000 records through three stages, each a process with a database and a relay of its own. */
export async function measureChain(servers: Servers): Promise<BenchRow[]> {
  const brokers = [servers.kafka.brokers];
  const { broker, prefix } = await createTopics(brokers);
  const { prefix: afterwards } = await createTopics(brokers);
  await sendRecords(broker, completions({ learners: records / 10, each: 10 }).records);
  const options: StageOptions[] = [];
  for (const [index, { takes, says }] of steps.entries()) {
    const databaseUrl = await createDatabase(servers.postgres.url(), 'chain');
    const saysTo = index === steps.length - 1 ? afterwards : prefix;
    options.push({ brokers, prefix, databaseUrl, takes, says, saysTo, sliceSize: 200, records, relays: true });
  }
  const before = { postgres: processorTime(servers.postgres.pid), kafka: processorTime(servers.kafka.pid) };
  const begun = performance.now();
  const stages = await Promise.all(options.map((one) => Stage.start(one)));
  const reports = await Promise.all(stages.map(({ done }) => done));
  const seconds = (performance.now() - begun) / 1_000;
  const node = reports.reduce((sum, { cpu }) => sum + cpu, 0);
  const postgres = processorTime(servers.postgres.pid) - before.postgres;
  const kafka = processorTime(servers.kafka.pid) - before.kafka;
  await Promise.all(stages.map((stage) => stage.stop()));
  return [
    { name: 'chain-seconds', value: seconds, unit: 's' },
    { name: 'chain-cpu', value: (node + postgres + kafka) / records, unit: 'ms/record', least: 0.8 },
    { name: 'chain-cpu-node', value: node / records, unit: 'ms/record' },
    { name: 'chain-cpu-postgres', value: postgres / records, unit: 'ms/record' },
    { name: 'chain-cpu-kafka', value: kafka / records, unit: 'ms/record' },
    { name: 'chain-memory', value: Math.max(...reports.map(({ memory }) => memory)), unit: 'MB' },
  ];
}
