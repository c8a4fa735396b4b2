import type { logCreator } from 'kafkajs';
import type { Logger } from 'pino';

/** kafkajs's levels: NOTHING 0, ERROR 1, WARN 2, INFO 4, DEBUG 5. */
const levels: Record<number, 'error' | 'warn' | 'debug' | 'trace'> = { 1: 'warn', 2: 'warn', 4: 'debug', 5: 'trace' };

/**
 * kafkajs's log on ours. It calls every lost connection an error; here an outage is a warning, and what ends in an
 * error is reported by whoever has to act on it. Only fields that can hold no personal data are taken over.
 */
export function kafkajsLog(logger: Logger): logCreator {
  return () =>
    ({ namespace, level, log }) => {
      const { message, groupId, broker, topic, partition, error } = log as Record<string, unknown> & {
        message: string;
      };
      // It warns of every producer that may give up; ours is thrown away then, which keeps the guarantee (outbox/relay).
      const isKnown = message.startsWith('Limiting retries for the idempotent producer');
      logger[isKnown ? 'trace' : (levels[level] ?? 'debug')](
        { kafka: namespace, groupId, broker, topic, partition, error: typeof error === 'string' ? error : undefined },
        message,
      );
    };
}
