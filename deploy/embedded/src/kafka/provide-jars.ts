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

const wrapper = fileURLToPath(new URL('../../../kafka/mvnw', import.meta.url));

/** A Java program that Maven fetches with all that it needs. */
export interface JarsWanted {
  /** The pom that names it. */
  readonly pomFile: string;
  /** The artifact of the program itself, as the pom calls it; its version is the program's. */
  readonly artifact: string;
  /** For messages: "Kafka", "43 MB". */
  readonly title: string;
  readonly size: string;
  /** Of the folders in the cache. */
  readonly name: string;
  /** What else a user may do who cannot fetch it; a sentence. */
  readonly otherwise: string;
  readonly cacheFolder: string;
  readonly report: Report;
}

/**
 * The jars that a pom names, in the cache folder (fetched by Maven the first time, and again when the pom changes), and a Java to
 * run them. Several processes may ask at once. Throws a Failure that says what to do.
 */
export async function provideJars(wanted: JarsWanted): Promise<KafkaDistribution> {
  const pom = readFileSync(wanted.pomFile, 'utf8');
  const [, version] =
    new RegExp(`<artifactId>${wanted.artifact}</artifactId>\\s*<version>([^<]+)</version>`).exec(pom) ?? [];
  if (version === undefined) {
    throw new Failure(
      `${wanted.pomFile} names no version of ${wanted.title}.`,
      `Restore the file: git checkout ${wanted.pomFile}`,
    );
  }
  const java = await findJava(wanted.report);
  const jars = join(
    resolve(wanted.cacheFolder),
    `${wanted.name}-${version}-${createHash('sha256').update(pom).digest('hex').slice(0, 8)}`,
  );
  await fillFolder(jars, (folder) => fetchJars(wanted, { version, java, jars: folder }));
  return { version, java, jars };
}

async function fetchJars(wanted: JarsWanted, { version, java, jars }: KafkaDistribution): Promise<void> {
  const { inherited } = environment();
  const maven = (await findProgram(inherited, 'mvn')) ?? wrapper;
  const means = maven === wrapper ? 'the Maven wrapper' : maven;
  wanted.report(`fetching ${wanted.title} ${version} (${wanted.size}) with ${means}`);
  const args = [
    '-B',
    '-q',
    '-f',
    wanted.pomFile,
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${jars}`,
  ];
  // The Java that was found may stand on no PATH.
  const env = { ...inherited, JAVA_HOME: dirname(dirname(realpathSync(java))) };
  const { code, output } = await run(maven, args, { env, cwd: dirname(wrapper) });
  if (code !== 0 || !existsSync(join(jars, `${wanted.artifact}-${version}.jar`))) {
    throw new Failure(
      `Maven could not fetch ${wanted.title} ${version}:\n${output.trim().split('\n').slice(-12).join('\n')}`,
      `Check the way to Maven Central (a proxy or mirror stands in ~/.m2/settings.xml) and, without mvn, that curl or wget is there; then start again. ${wanted.otherwise}`.trim(),
    );
  }
}
