import { fileURLToPath } from 'node:url';
import type { Report } from '../report.ts';
import type { KafkaDistribution } from './kafka-distribution.ts';
import { provideJars } from './provide-jars.ts';

const pomFile = fileURLToPath(new URL('../../../kafka/pom.xml', import.meta.url));

/** The broker as `deploy/kafka/pom.xml` names it. Throws a Failure that says what to do. */
export async function provideKafka(cacheFolder: string, report: Report): Promise<KafkaDistribution> {
  return provideJars({
    pomFile,
    artifact: 'kafka_2.13',
    title: 'Kafka',
    size: '43 MB',
    name: 'kafka',
    otherwise: 'Or give a running broker as KAFKA_BROKERS.',
    cacheFolder,
    report,
  });
}
