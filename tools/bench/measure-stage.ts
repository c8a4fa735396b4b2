import { completions, createDatabase, createTopics, sendRecords, type Servers } from '@laurel/testing';
import type { BenchRow } from './bench-row.ts';
import { processorTime } from './processor-time.ts';
import { Stage } from './stage.ts';

/** One stage without its relay: consume, parse, inbox, one-row effect, outbox, commit; in slices, and one by one. */
export async function measureStage(servers: Servers): Promise<BenchRow[]> {
  const slices = await run(servers, 200, 60_000);
  const single = await run(servers, 1, 3_000);
  return [
    {
      name: 'stage-rate',
      value: slices.rate,
      unit: 'records/s',
      ratio: slices.rate / single.rate,
      comparedTo: 'stage-rate-one-by-one',
      least: 8_000,
    },
    { name: 'stage-rate-one-by-one', value: single.rate, unit: 'records/s' },
    {
      name: 'stage-cpu',
      value: slices.cpu,
      unit: 'ms/record',
      ratio: single.cpu / slices.cpu,
      comparedTo: 'stage-cpu-one-by-one',
    },
    { name: 'stage-cpu-one-by-one', value: single.cpu, unit: 'ms/record' },
  ];
}

/** CPU is of everything: the stage, PostgreSQL and the broker. */
async function run(servers: Servers, sliceSize: number, records: number): Promise<{ rate: number; cpu: number }> {
  const { broker, prefix } = await createTopics([servers.kafka.brokers]);
  const databaseUrl = await createDatabase(servers.postgres.url(), 'stage');
  await sendRecords(broker, completions({ learners: records / 10, each: 10 }).records);
  const before = processorTime(servers.postgres.pid) + processorTime(servers.kafka.pid);
  const stage = await Stage.start({
    brokers: [servers.kafka.brokers],
    prefix,
    databaseUrl,
    takes: 'course.completed',
    says: 'proof.recorded',
    saysTo: prefix,
    sliceSize,
    records,
    relays: false,
  });
  const { seconds, cpu } = await stage.done;
  const ofServers = processorTime(servers.postgres.pid) + processorTime(servers.kafka.pid) - before;
  await stage.stop();
  return { rate: records / seconds, cpu: (cpu + ofServers) / records };
}
