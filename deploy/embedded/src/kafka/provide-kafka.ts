import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment } from '../environment.ts';
import { Failure } from '../failure.ts';
import { fillFolder } from '../processes/fill-folder.ts';
import { findProgram } from '../processes/find-program.ts';
import { run } from '../processes/run.ts';
import type { Report } from '../report.ts';
import { findJava } from './find-java.ts';
import type { KafkaDistribution } from './kafka-distribution.ts';

const project = fileURLToPath(new URL('../../../kafka', import.meta.url));

/**
 * The broker as `deploy/kafka/pom.xml` names it: its jars in the cache folder (fetched by Maven the first time, and again when
 * the pom changes) and a Java to run them. Several processes may ask at once. Throws a Failure that says what to do.
 */
export async function provideKafka(cacheFolder: string, report: Report): Promise<KafkaDistribution> {
  const pom = readFileSync(join(project, 'pom.xml'), 'utf8');
  const [, version] = /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)<\/version>/.exec(pom) ?? [];
  if (version === undefined) {
    throw new Failure(
      `${project}/pom.xml names no version of Kafka.`,
      'Restore the file: git checkout deploy/kafka/pom.xml',
    );
  }
  const java = await findJava(report);
  const jars = join(
    resolve(cacheFolder),
    `kafka-${version}-${createHash('sha256').update(pom).digest('hex').slice(0, 8)}`,
  );
  await fillFolder(jars, (folder) => fetchJars({ version, java, folder, report }));
  return { version, java, jars };
}

async function fetchJars(wanted: { version: string; java: string; folder: string; report: Report }): Promise<void> {
  const { version, java, folder, report } = wanted;
  const { inherited } = environment();
  const maven = (await findProgram(inherited, 'mvn')) ?? join(project, 'mvnw');
  report(`fetching Kafka ${version} (43 MB) with ${maven.endsWith('mvnw') ? 'the Maven wrapper' : maven}`);
  const args = [
    '-B',
    '-q',
    '-f',
    join(project, 'pom.xml'),
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${folder}`,
  ];
  // The Java that was found may stand on no PATH.
  const env = { ...inherited, JAVA_HOME: dirname(dirname(realpathSync(java))) };
  const { code, output } = await run(maven, args, { env, cwd: project });
  if (code !== 0 || !existsSync(join(folder, `kafka_2.13-${version}.jar`))) {
    throw new Failure(
      `Maven could not fetch Kafka ${version}:\n${output.trim().split('\n').slice(-12).join('\n')}`,
      'Check the way to Maven Central (a proxy or mirror stands in ~/.m2/settings.xml) and, without mvn, that curl or wget is there; then start again. Or give a running broker as KAFKA_BROKERS.',
    );
  }
}
