import { randomBytes } from 'node:crypto';
import type { Topic } from '@laurel/contracts';
import { type Broker, ensureTopics, kafkajsBroker } from '@laurel/messaging';
import { pino } from 'pino';

export interface TestTopics {
  /** A prefix that no other test has. */
  readonly prefix: string;
  /** The broker with that prefix, for the test's own part. */
  readonly broker: Broker;
}

/** Makes the topics of the contracts (or those given) under a prefix of the test's own. */
export async function createTopics(brokers: readonly string[], topics?: readonly Topic[]): Promise<TestTopics> {
  const prefix = `t${randomBytes(4).toString('hex')}.`;
  const broker = kafkajsBroker({ brokers, topicPrefix: prefix, clientId: 'test', logger: pino({ level: 'silent' }) });
  const { differences } = await ensureTopics(broker, { replicas: 1, proof: true, ...(topics ? { topics } : {}) });
  if (differences.length > 0) throw new Error(differences.join('\n'));
  return { prefix, broker };
}
