import { setTimeout as pause } from 'node:timers/promises';
import { type AppName, consumerGroup } from '@laurel/contracts';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import type { Event } from '@laurel/contracts';
import type { UnitOfWork } from '@laurel/persistence';
import type { Logger } from 'pino';
import { lastValueFrom } from 'rxjs';
import type { Broker, BrokerConsumer } from '../broker/broker.ts';
import { ConsumerHealth, type ConsumerState } from '../health/consumer-health.ts';
import { Watchdog } from '../health/watchdog.ts';
import { GroupStopped } from '../slice/bug-streak.ts';
import type { Slice } from '../slice/slice.ts';
import { SliceCollector } from '../slice/slice-collector.ts';
import { SliceRunner } from '../slice/slice-runner.ts';
import { topicDifferences } from '../topics/topic-differences.ts';
import { BootRefused } from './boot-refused.ts';
import { handlerDifferences } from './handler-differences.ts';
import { neededTopics } from './needed-topics.ts';
import type { HandlerExtras } from './on.decorator.ts';
import { sliceTransportId } from './transport-id.ts';

export interface SliceTransportOptions {
  readonly app: AppName;
  readonly broker: Broker;
  readonly unitOfWork: UnitOfWork;
  readonly logger: Logger;
  readonly defaultTenant?: string | undefined;
  /** Topics that this process leaves to others: their handlers are checked as all are, and nothing is consumed. */
  readonly leaves?: readonly string[] | undefined;
  /** There are dead letters in the outbox. */
  readonly nudge: () => void;
  /** A consumer will not go on by itself: the process has to end, so that it is started again. */
  readonly onStuck: (reason: string) => void;
  /** Records per slice; 200 where not given. */
  readonly sliceSize?: number | undefined;
}

interface Running {
  readonly consumer: BrokerConsumer;
  readonly collector: SliceCollector;
}

/** How long a boot waits for a broker that is not there yet. */
const bootPatience = 60_000;

/**
 * Nest's way to Kafka in Laurel: slices instead of single messages, errors with their class, a consumer and a group per
 * handler. The stock transporter can do none of it (docs/adr/0030).
 */
export class SliceTransport extends Server implements CustomTransportStrategy {
  override readonly transportId = sliceTransportId;
  /** Nest logs an error of every event handler otherwise, though we classify and report it. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly extras = new Map<string, HandlerExtras>();
  private readonly running: Running[] = [];
  private readonly healths: ConsumerHealth[] = [];
  private readonly watchdog: Watchdog;
  private closing: Promise<void> | undefined;

  constructor(private readonly options: SliceTransportOptions) {
    super();
    this.watchdog = new Watchdog(options.broker, this.healths, options.onStuck);
  }

  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const topic = String(pattern);
    const given = extras as unknown as HandlerExtras;
    const other = this.extras.get(topic);
    if (other) {
      throw new BootRefused([
        `Two handlers take ${topic} in the group ${consumerGroup(this.options.app, topic)}: ${other.handler} in ` +
          `${other.file} and ${given.handler} in ${given.file}. Make them one.`,
      ]);
    }
    this.extras.set(topic, given);
    super.addHandler(topic, callback, isEventHandler, extras);
  }

  /** Nest ignores a promise from here; the callback carries the reason of a refused boot. */
  override listen(callback: (error?: unknown) => void): void {
    this.begin().then(() => callback(), callback);
  }

  /** Takes nothing more, finishes the slices that are begun, leaves the groups. May be called again. */
  override close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  /** Nest's own events of a transport; ours are the health of the consumers. */
  override on(): never {
    throw new Error('The slice transport has no events; ask for its health');
  }

  override unwrap<T>(): T {
    throw new Error('The client library stays behind the broker port');
  }

  health(): ConsumerState[] {
    return this.healths.map(({ state }) => state);
  }

  private async begin(): Promise<void> {
    const { app, leaves = [] } = this.options;
    const wrong = handlerDifferences(app, this.extras, leaves);
    if (wrong.length > 0) throw new BootRefused(wrong);
    await this.compareTopics();
    const taken = [...this.extras].filter(([topic]) => !leaves.includes(topic));
    await Promise.all(taken.map(([topic, extras]) => this.consume(topic, extras)));
    this.watchdog.start();
  }

  private async compareTopics(): Promise<void> {
    const needed = neededTopics(this.options.app, this.extras.keys());
    const deadline = Date.now() + bootPatience;
    for (;;) {
      try {
        const admin = await this.options.broker.admin();
        try {
          const found = await admin.describeTopics(needed.map(({ name }) => name));
          const wrong = topicDifferences(needed, found);
          if (wrong.length > 0) throw new BootRefused(wrong);
          return;
        } finally {
          await admin.close();
        }
      } catch (error) {
        if (error instanceof BootRefused || Date.now() > deadline) throw error;
        this.options.logger.warn({ error: (error as Error).name }, 'Kafka does not answer yet; the boot waits for it');
        await pause(500);
      }
    }
  }

  private async consume(topic: string, extras: HandlerExtras): Promise<void> {
    const { app, broker, unitOfWork, logger, defaultTenant, nudge, onStuck, sliceSize } = this.options;
    const group = consumerGroup(app, topic);
    const health = new ConsumerHealth(group);
    this.healths.push(health);
    const runner = new SliceRunner({
      group,
      unitOfWork,
      logger,
      health,
      defaultTenant,
      nudge,
      ...(extras.idempotency ? { idempotency: extras.idempotency } : {}),
      ...(extras.transaction ? { transaction: extras.transaction } : {}),
      handler: (events, slice) => this.call(topic, events, slice),
    });
    const collector = new SliceCollector(async (records, membership) => {
      const alive = async () => {
        await membership.alive();
        health.tick();
      };
      try {
        await runner.run(records, { ...membership, alive });
      } catch (error) {
        if (error instanceof GroupStopped) this.stopGroup(health, running, error);
        // Whatever the slice waited for is another member's now, or comes again: this one has to join first.
        else health.waits('kafka');
        throw error;
      }
    }, sliceSize);
    const consumer = broker.consumer({
      group,
      topics: [topic, `${group}.redrive`],
      concurrency: neededTopics(app, [topic]).reduce((sum, { partitions }) => sum + partitions, 0),
      onFetched: (partition) => collector.offer(partition),
      onTick: () => health.tick(),
      onEnd: (error) => {
        health.stuck(error.name);
        onStuck(`${group}: the consumer ended for good (${error.name}: ${error.message})`);
      },
    });
    const running = { consumer, collector };
    this.running.push(running);
    await consumer.start();
  }

  /** The handler as Nest wraps it: guards, interceptors, filters. */
  private async call(topic: string, events: Event[], slice: Slice): Promise<void> {
    const handler = this.messageHandlers.get(topic);
    if (!handler) throw new Error(`No handler for ${topic}`);
    const result: unknown = await handler(events, slice);
    await lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
  }

  /** The other groups of the process go on; this one stays where it is until a new release comes. */
  private stopGroup(health: ConsumerHealth, { consumer, collector }: Running, error: GroupStopped): void {
    health.stopped(error.message);
    collector.stop();
    this.options.logger.error(
      { group: health.group },
      `The group stopped ${error.message}. Its offsets stay where they are.`,
    );
    consumer
      .stop()
      .catch((cause: Error) => this.options.logger.warn({ error: cause.name }, 'A stopped group left late'));
  }

  private async end(): Promise<void> {
    this.watchdog.stop();
    for (const { collector } of this.running) collector.stop();
    await Promise.all(this.running.map(({ consumer }) => consumer.stop()));
  }
}
