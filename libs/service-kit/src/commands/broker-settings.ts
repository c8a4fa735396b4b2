import { z } from 'zod';
import { baseSettings } from '../settings/base-settings.ts';
import { databaseSettings } from '../settings/database-settings.ts';

const { LAUREL_ENV, LOG_LEVEL } = baseSettings.shape;
const { KAFKA_BROKERS, TOPIC_PREFIX } = databaseSettings.shape;

/** What a command needs that speaks to the broker alone. A command's log tells only of errors where nothing else is set. */
export const brokerSettings = z.object({
  LAUREL_ENV,
  LOG_LEVEL: LOG_LEVEL.unwrap().default('error'),
  KAFKA_BROKERS,
  TOPIC_PREFIX,
});

/** The settings after parsing. */
export type BrokerSettings = z.output<typeof brokerSettings>;
