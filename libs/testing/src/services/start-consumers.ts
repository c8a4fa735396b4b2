import 'reflect-metadata';
import type { AppName } from '@laurel/contracts';
import {
  type Broker,
  type ConsumerState,
  CreateInbox1770000000002,
  CreateOutbox1770000000001,
  Outbox,
  Relay,
  SliceTransport,
} from '@laurel/messaging';
import { createDataSource, migrate, UnitOfWork } from '@laurel/persistence';
import { type INestMicroservice, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Logger, pino } from 'pino';
import type { DataSource, MixedList } from 'typeorm';

export interface ConsumersOptions {
  readonly app: AppName;
  readonly broker: Broker;
  readonly databaseUrl: string;
  /** Classes marked with `@Consumer()`. */
  readonly consumers: Type[];
  /** Nest providers that the consumers need. */
  readonly providers?: { provide: unknown; useValue: unknown }[];
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type of a class
  readonly migrations?: MixedList<Function>;
  readonly sliceSize?: number;
  readonly defaultTenant?: string;
  readonly logger?: Logger;
}

export interface RunningConsumers {
  readonly dataSource: DataSource;
  readonly relay: Relay;
  /** Reasons for which a real process would have ended itself. */
  readonly stuck: string[];
  health(): ConsumerState[];
  /** As a process ends on SIGTERM; may be called again. */
  stop(): Promise<void>;
}

/** The messaging of one service inside the test's own process: real handlers, real broker, real database. */
export async function startConsumers(options: ConsumersOptions): Promise<RunningConsumers> {
  const logger = options.logger ?? pino({ level: 'silent' });
  const dataSource = createDataSource({
    url: options.databaseUrl,
    applicationName: options.app,
    migrations: [CreateOutbox1770000000001, CreateInbox1770000000002, ...((options.migrations ?? []) as [])],
    log: logger,
  });
  await migrate(dataSource);
  const unitOfWork = new UnitOfWork(dataSource);
  const relay = new Relay({ unitOfWork, broker: options.broker, logger });
  const stuck: string[] = [];
  const transport = new SliceTransport({
    app: options.app,
    broker: options.broker,
    unitOfWork,
    logger,
    nudge: () => relay.nudge(),
    onStuck: (reason) => stuck.push(reason),
    sliceSize: options.sliceSize,
    defaultTenant: options.defaultTenant,
  });
  const microservice = await createMicroservice(options, transport, new Outbox(options.app, () => relay.nudge()));
  await microservice.listen();
  relay.start();
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await transport.close();
    await relay.close();
    await microservice.close();
    await dataSource.destroy();
  };
  return {
    dataSource,
    relay,
    stuck,
    health: () => transport.health(),
    stop: () => (stopping ??= stop()),
  };
}

async function createMicroservice(
  options: ConsumersOptions,
  strategy: SliceTransport,
  outbox: Outbox,
): Promise<INestMicroservice> {
  class ConsumersModule {}
  Module({
    controllers: options.consumers,
    providers: [{ provide: Outbox, useValue: outbox }, ...((options.providers ?? []) as [])],
  })(ConsumersModule);
  return NestFactory.createMicroservice(ConsumersModule, { strategy, logger: false, abortOnError: false });
}
