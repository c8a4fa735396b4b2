import { randomBytes } from 'node:crypto';
import { type AppName, catalogue, consumerGroup, type Contract } from '@laurel/contracts';
import { type Broker, type BrokerAdmin, type DeadLetter, listDeadLetters, neededTopics } from '@laurel/messaging';
import { createDataSource } from '@laurel/persistence';
import type { Type } from '@nestjs/common';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { inject } from 'vitest';
import type { Ledger, LedgerReport } from '../ledger/ledger.ts';
import { type RunningConsumers, startConsumers } from '../services/start-consumers.ts';
import { createDatabase } from '../stack/create-database.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { Effects } from './effects.ts';
import { OnCourseCompleted } from './on-course-completed.consumer.ts';
import { Script } from './script.ts';
import type { SuiteOptions } from './suite-options.ts';

export interface StartOptions {
  readonly script?: Script;
  readonly consumers?: Type[];
  readonly providers?: { provide: unknown; useValue: unknown }[];
  readonly sliceSize?: number;
  readonly defaultTenant?: string;
}

/** Topics and a database of one test's own, and a service on them. All of it ends with the test. */
export interface Scene {
  readonly broker: Broker;
  readonly admin: BrokerAdmin;
  readonly dataSource: DataSource;
  readonly effects: Effects;
  /** What the handlers of all members do, where a start names no other. */
  readonly script: Script;
  /** Starts one more member of the service. */
  start(options?: StartOptions): Promise<RunningConsumers>;
  /** Records of `course.completed`, or of another topic of its group, that the service has not committed. */
  lag(topic?: string): Promise<number>;
  letters(): Promise<DeadLetter[]>;
  /** Waits until so many effects are there and everything is committed. @returns the comparison with what was sent */
  settle(ledger: Ledger, effects?: number): Promise<LedgerReport>;
}

export interface SceneOptions {
  /** `proof-recorder` where not given. */
  readonly app?: AppName;
  /** Milliseconds; 10 s where not given. */
  readonly sessionTimeout?: number;
}

/**
 * Opens the scene of one test.
 *
 * @param atEnd takes what has to be closed with the test
 */
export async function openScene(
  suite: SuiteOptions,
  { app = 'proof-recorder', sessionTimeout = 10_000 }: SceneOptions,
  atEnd: (close: () => Promise<void>) => void,
): Promise<Scene> {
  const broker = suite.broker(`s${randomBytes(4).toString('hex')}.`, sessionTimeout);
  const admin = await broker.admin();
  await makeTopics(admin, app);
  const databaseUrl = await createDatabase(inject('stack').postgresUrl, 'suite');
  const dataSource = createDataSource({
    url: databaseUrl,
    applicationName: 'looker',
    poolSize: 2,
    log: pino({ level: 'silent' }),
  });
  await dataSource.initialize();
  const script = new Script();
  const effects = new Effects(dataSource);
  const members: RunningConsumers[] = [];
  atEnd(async () => {
    await Promise.all(members.map((member) => member.stop()));
    await Promise.all([admin.close(), dataSource.destroy()]);
  });
  const group = consumerGroup(app, 'course.completed');
  const lag = (topic = 'course.completed') => admin.lag(group, topic);
  return {
    broker,
    admin,
    dataSource,
    effects,
    script,
    lag,
    letters: () => listDeadLetters(admin, { group }),
    async start({ script: own = script, consumers = [OnCourseCompleted], providers = [], ...rest } = {}) {
      const member = await startConsumers({
        app,
        broker,
        databaseUrl,
        consumers,
        providers: [{ provide: Script, useValue: own }, ...providers],
        migrations: Effects.migrations,
        ...rest,
      });
      members.push(member);
      return member;
    },
    async settle(ledger, wanted = ledger.total) {
      await waitFor(
        'the effects',
        () => effects.count(),
        (count) => count >= wanted,
      );
      await waitFor(
        'the committed offsets',
        () => lag(),
        (left) => left === 0,
      );
      return ledger.compare(await effects.entries());
    },
  };
}

/** Those of the one app: a broker takes its time for every partition. */
async function makeTopics(admin: BrokerAdmin, app: AppName): Promise<void> {
  const consumed = (catalogue as readonly Contract[]).filter(({ consumers }) => consumers.includes(app));
  const handled = consumed.flatMap((contract) => contract.topics.map(({ name }) => name));
  await admin.createTopics(neededTopics(app, handled), 1);
}
