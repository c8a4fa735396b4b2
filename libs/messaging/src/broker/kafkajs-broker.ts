import { Kafka } from 'kafkajs';
import type { Logger } from 'pino';
import type { Broker } from './broker.ts';
import { KafkajsAdmin } from './kafkajs-admin.ts';
import { KafkajsConsumer } from './kafkajs-consumer.ts';
import { kafkajsLog } from './kafkajs-log.ts';
import { KafkajsProducer } from './kafkajs-producer.ts';
import { kafkajsSettings } from './kafkajs-settings.ts';
import { mendKafkajsTimer } from './mend-kafkajs-timer.ts';
import { TopicNames } from './topic-names.ts';

export interface KafkajsBrokerOptions {
  /** `host:port` of one or more brokers. */
  readonly brokers: readonly string[];
  /** Stands before every topic and group, so that installations can share a cluster. May be empty. */
  readonly topicPrefix: string;
  /** Shown by the broker for each connection. */
  readonly clientId: string;
  readonly logger: Logger;
  /** Milliseconds; shorter in tests, whose stopped members are to be missed sooner. */
  readonly sessionTimeout?: number;
}

/** The broker port over kafkajs 2.2.4. */
export function kafkajsBroker(options: KafkajsBrokerOptions): Broker {
  mendKafkajsTimer();
  const base = { brokers: [...options.brokers], clientId: options.clientId, logCreator: kafkajsLog(options.logger) };
  // Two clients: consumers wait for ever, producers give up in seconds, and the settings belong to the client.
  const patient = new Kafka({ ...base, ...kafkajsSettings.consumerClient });
  const hasty = new Kafka({ ...base, ...kafkajsSettings.producerClient });
  const names = new TopicNames(options.topicPrefix);
  return {
    producer: () => KafkajsProducer.connect(hasty, names, options.logger),
    consumer: (consumer) => new KafkajsConsumer(patient, names, consumer, options.sessionTimeout),
    admin: () => KafkajsAdmin.connect(hasty, names),
    async answers() {
      const probe = new Kafka({
        ...base,
        connectionTimeout: 1_000,
        requestTimeout: 1_000,
        retry: { retries: 0 },
      }).admin();
      try {
        await probe.connect();
        await probe.describeCluster();
        return true;
      } catch (error) {
        options.logger.debug({ error: (error as Error).name }, 'The broker does not answer');
        return false;
      } finally {
        probe.disconnect().catch((error: Error) => options.logger.debug({ error: error.name }, 'A probe stayed open'));
      }
    },
  };
}
