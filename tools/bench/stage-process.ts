import 'reflect-metadata';
import type { CourseCompleted, Event } from '@laurel/contracts';
import {
  ConsumerHealth,
  CreateInbox1770000000002,
  CreateOutbox1770000000001,
  kafkajsBroker,
  Outbox,
  Relay,
  type Slice,
  SliceCollector,
  SliceRunner,
} from '@laurel/messaging';
import { createDataSource, insertRows, migrate, UnitOfWork } from '@laurel/persistence';
import { pino } from 'pino';
import type { StageOptions, StageReport } from './stage-options.ts';

// One stage as a process of its own: consume, parse, inbox, a one-row effect, outbox, commit; and the relay, if wanted.
const options = JSON.parse(process.argv[2] ?? '{}') as StageOptions;
const logger = pino({ level: 'error' }, pino.destination(2));
const broker = (prefix: string) =>
  kafkajsBroker({ brokers: options.brokers, topicPrefix: prefix, clientId: 'bench', logger });
const dataSource = createDataSource({
  url: options.databaseUrl,
  applicationName: 'bench',
  migrations: [CreateOutbox1770000000001, CreateInbox1770000000002],
  log: logger,
});
await migrate(dataSource);
await dataSource.query('CREATE TABLE IF NOT EXISTS effect (enrolment_id uuid NOT NULL, event_id text NOT NULL)');
const unitOfWork = new UnitOfWork(dataSource);
const relay = new Relay({ unitOfWork, broker: broker(options.saysTo), logger });
const nudge = () => {
  if (options.relays) relay.nudge();
};
const outbox = new Outbox(options.says === 'proof.recorded' ? 'proof-recorder' : 'proof-counter', nudge);
let left = options.records;
let begun: { at: number; cpu: NodeJS.CpuUsage } | undefined;

async function handle(events: Event[], slice: Slice): Promise<void> {
  begun ??= { at: performance.now(), cpu: process.cpuUsage() };
  const given = events as CourseCompleted[];
  await insertRows(
    slice.transaction,
    'effect',
    { enrolment_id: 'uuid', event_id: 'text' },
    given.map(({ id, data }) => ({ enrolment_id: data.enrolmentId, event_id: id })),
  );
  if (options.says === 'proof.recorded') {
    const recordedAt = new Date().toISOString();
    await outbox.add(
      slice.transaction,
      'proof.recorded',
      given.map((event) => ({
        tenantId: event.tenantId,
        cause: event,
        data: { enrolmentId: event.data.enrolmentId, batchId: event.data.batchId ?? 'bench', recordedAt },
      })),
    );
  } else {
    await outbox.add(
      slice.transaction,
      'proof.counted',
      given.map((event) => ({
        tenantId: event.tenantId,
        cause: event,
        data: { enrolmentId: event.data.enrolmentId, completions: 1 },
      })),
    );
  }
}

const group = `bench.${options.takes}`;
const health = new ConsumerHealth(group);
const runner = new SliceRunner({ group, unitOfWork, logger, health, handler: handle, nudge });
const collector = new SliceCollector(async (records, alive) => {
  await runner.run(records, alive);
  left -= records.length;
  if (left <= 0) report();
}, options.sliceSize);
const consumer = broker(options.prefix).consumer({
  group,
  topics: [options.takes],
  concurrency: 12,
  onFetched: (partition) => collector.offer(partition),
  onTick: () => health.tick(),
  onEnd: (error) => {
    throw error;
  },
});
if (options.relays) relay.start();
await consumer.start();
process.send?.('started');

function report(): void {
  if (!begun) return;
  const used = process.cpuUsage(begun.cpu);
  const said: StageReport = {
    seconds: (performance.now() - begun.at) / 1_000,
    cpu: (used.user + used.system) / 1_000,
    memory: process.memoryUsage().rss / 1_048_576,
  };
  begun = undefined;
  process.send?.(said);
}

process.once('SIGTERM', () => {
  collector.stop();
  void Promise.all([consumer.stop(), relay.close()])
    .then(() => dataSource.destroy())
    .then(() => process.exit(0));
});
