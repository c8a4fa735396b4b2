import type { Report } from '../report.ts';
import type { KafkaDistribution } from './kafka-distribution.ts';

/** How `startKafka` starts a broker. */
export interface KafkaOptions {
  distribution: KafkaDistribution;
  /** Everything of this broker: data, configuration, log. A broker started again on the same folder goes on with its data. */
  folder: string;
  port: number;
  controllerPort: number;
  /**
   * Further doors: the broker listens on `port` and tells its clients to come back to `advertisedPort` (a proxy, say). Names
   * are capital letters.
   */
  listeners?: readonly { name: string; port: number; advertisedPort: number }[];
  /** Broker settings that win over ours. */
  settings?: Record<string, string>;
  report?: Report;
}
