import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { kafkajsBroker, Outbox, Relay } from '@laurel/messaging';
import { createDataSource, UnitOfWork } from '@laurel/persistence';
import { pino } from 'pino';
import type { ReplicaOptions } from './replica-options.ts';

// One replica of a service that does nothing but commit events, with a relay as every replica has one.
const options = JSON.parse(process.argv[2] ?? '{}') as ReplicaOptions;
const logger = pino({ level: 'error' }, pino.destination(2));
const dataSource = createDataSource({ url: options.databaseUrl, applicationName: 'bench', log: logger });
await dataSource.initialize();
const unitOfWork = new UnitOfWork(dataSource);
const broker = kafkajsBroker({ brokers: options.brokers, topicPrefix: options.prefix, clientId: 'bench', logger });
const relay = new Relay({ unitOfWork, broker, logger });
const outbox = new Outbox('proof-recorder', () => relay.nudge());
relay.start();
/** When each commit was answered, in milliseconds of the machine's clock, by the number of the commit. */
const committed: [name: string, at: number][] = [];

async function commit(number: number): Promise<void> {
  const batchId = `${options.name}-${number}`;
  const enrolmentId = `0199d7a0-5e3a-5c11-8a53-00000000000${number % 8}`;
  await unitOfWork.run((transaction) =>
    outbox.add(transaction, 'proof.recorded', [
      { tenantId: 'acme', data: { enrolmentId, batchId, recordedAt: new Date().toISOString() } },
    ]),
  );
  committed.push([batchId, performance.timeOrigin + performance.now()]);
}

process.send?.('started');
process.once('message', () => void run());

/** Commits at the rate given, spread as independent requests are. */
async function run(): Promise<void> {
  const running: Promise<void>[] = [];
  const begun = performance.now();
  for (let number = 0; number < options.commits; number++) {
    const due = begun + (number * 1_000) / options.perSecond;
    const wait = due - performance.now() + Math.random() * (1_000 / options.perSecond);
    if (wait > 1) await pause(wait);
    running.push(commit(number));
  }
  await Promise.all(running);
  process.send?.(committed);
}

process.once('SIGTERM', () => {
  void relay
    .close()
    .then(() => dataSource.destroy())
    .then(() => process.exit(0));
});
