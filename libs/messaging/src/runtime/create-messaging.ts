import type { AppName } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { kafkajsBroker } from '../broker/kafkajs-broker.ts';
import type { ConsumerState } from '../health/consumer-health.ts';
import { metrics } from '../metrics/metrics.ts';
import { Outbox } from '../outbox/outbox.ts';
import { outboxBacklog } from '../outbox/outbox-backlog.ts';
import { Relay } from '../outbox/relay.ts';
import { pruneInbox } from '../inbox/prune-inbox.ts';
import { SliceTransport } from '../transport/slice-transport.ts';

export interface MessagingOptions {
  readonly app: AppName;
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  readonly dataSource: DataSource;
  readonly logger: Logger;
  readonly defaultTenant?: string | undefined;
  /** Topics that this process leaves to others, though it has handlers for them. */
  readonly leaves?: readonly string[] | undefined;
  /** A consumer will not go on by itself: end the process, so that it is started again. */
  readonly onStuck: (reason: string) => void;
  /** For tests: shorter sessions, smaller slices. */
  readonly sessionTimeout?: number | undefined;
  readonly sliceSize?: number | undefined;
}

/** One app's part in the messaging: what it hears, what it says. */
export interface Messaging {
  /** For `app.connectMicroservice({ strategy })`. */
  readonly transport: SliceTransport;
  readonly outbox: Outbox;
  readonly unitOfWork: UnitOfWork;
  /** Starts the relay and the housekeeping. */
  start(): void;
  /** The consumers finish their slices and leave; may be called again. */
  stopTaking(): Promise<void>;
  /** What is in the outbox is sent once more, then the producer is closed. */
  closeRelay(): Promise<void>;
  health(): ConsumerState[];
}

const minute = 60_000;
/** Rows of the inbox that one statement deletes. */
const portion = 10_000;

/** Puts one app's messaging together; nothing runs until it is listened to and started. */
export function createMessaging(options: MessagingOptions): Messaging {
  const { app, dataSource, logger } = options;
  const broker = kafkajsBroker({
    brokers: options.brokers,
    topicPrefix: options.topicPrefix,
    clientId: app,
    logger,
    ...(options.sessionTimeout === undefined ? {} : { sessionTimeout: options.sessionTimeout }),
  });
  const unitOfWork = new UnitOfWork(dataSource);
  const relay = new Relay({ unitOfWork, broker, logger });
  const nudge = () => relay.nudge();
  const { defaultTenant, leaves, onStuck, sliceSize } = options;
  const transport = new SliceTransport({
    ...{ app, broker, unitOfWork, logger, defaultTenant, leaves, nudge, onStuck, sliceSize },
  });
  let housekeeping: NodeJS.Timeout | undefined;
  return {
    transport,
    outbox: new Outbox(app, nudge),
    unitOfWork,
    start() {
      relay.start();
      housekeeping = setInterval(() => void keepHouse(dataSource, logger), minute);
      housekeeping.unref();
    },
    stopTaking: () => transport.close(),
    async closeRelay() {
      clearInterval(housekeeping);
      await relay.close();
    },
    health: () => transport.health(),
  };
}

/** Every minute: the outbox's age for the alarm, and an inbox without what nobody can ask for any more. */
async function keepHouse(dataSource: DataSource, logger: Logger): Promise<void> {
  try {
    metrics.outboxAge.set((await outboxBacklog(dataSource)).oldestSeconds);
    // A busy service writes more in a minute than one portion deletes.
    while ((await pruneInbox(dataSource, portion)) === portion);
  } catch (error) {
    logger.warn({ error: (error as Error).name }, 'Housekeeping failed; it is tried again in a minute');
  }
}
