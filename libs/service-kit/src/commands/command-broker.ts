import { type Broker, kafkajsBroker } from '@laurel/messaging';
import { createLogger } from '../logging/create-logger.ts';
import type { BrokerSettings } from './broker-settings.ts';

/** The broker as a command sees it, with its log on standard error. */
export function commandBroker(command: string, settings: BrokerSettings): Broker {
  const logger = createLogger({
    app: command,
    level: settings.LOG_LEVEL,
    // Standard output belongs to the command's answer.
    destination: { write: (line) => void process.stderr.write(line) },
  });
  return kafkajsBroker({
    brokers: settings.KAFKA_BROKERS,
    topicPrefix: settings.TOPIC_PREFIX,
    clientId: command,
    logger,
  });
}
