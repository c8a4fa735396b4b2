import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environment } from '../environment.ts';
import { Failure } from '../failure.ts';
import { launch } from '../processes/launch.ts';
import { logTail } from '../processes/log-tail.ts';
import { run } from '../processes/run.ts';
import { stopRecorded } from '../processes/stop-recorded.ts';
import { until } from '../processes/until.ts';
import type { KafkaOptions } from './kafka-options.ts';
import { kafkaProperties } from './kafka-properties.ts';
import { probeKafka } from './probe-kafka.ts';
import type { RunningKafka } from './running-kafka.ts';

const STARTUP_MS = 60_000;

/**
 * Starts one broker and waits until it answers a metadata request as part of its cluster. A broker that a killed process left
 * on this folder is stopped first. Throws a Failure with the end of the broker's log.
 */
export async function startKafka(given: KafkaOptions): Promise<RunningKafka> {
  const options = { ...given, folder: resolve(given.folder) };
  const { folder, port, distribution, report } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const recordFile = join(folder, 'process.json');
  const left = await stopRecorded(recordFile);
  if (left !== undefined) report?.('stopped the broker that an earlier start had left running');
  const properties = join(folder, 'server.properties');
  const logFile = join(folder, 'kafka.log');
  writeFileSync(properties, kafkaProperties(options), { mode: 0o600 });
  if (!existsSync(join(folder, 'data', 'meta.properties'))) await format(options, properties);

  const broker = await launch({
    name: 'kafka',
    command: distribution.java,
    args: [
      '-Xms128m',
      '-Xmx512m',
      ...['-cp', `${distribution.jars}/*`],
      ...['showDateTime=true', 'dateTimeFormat=HH:mm:ss.SSS', 'showShortLogName=true', 'defaultLogLevel=warn'].map(
        (setting) => `-Dorg.slf4j.simpleLogger.${setting}`,
      ),
      // Says when it has started, which version it is, and on which ports.
      '-Dorg.slf4j.simpleLogger.log.kafka.server=info',
      '-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.utils.AppInfoParser=info',
      ...['kafka.Kafka', properties],
    ],
    env: environment().inherited,
    cwd: folder,
    logFile,
    recordFile,
    graceMs: 6_000,
  });
  const failed = (what: string) => {
    return new Failure(
      `Kafka ${what}. The end of ${logFile}:\n${logTail(logFile)}`,
      'The cause stands in that log; `npm run reset` starts with an empty broker.',
    );
  };
  try {
    await until(async () => ((await probeKafka('127.0.0.1', port).catch(() => 0)) > 0 ? true : undefined), {
      timeoutMs: STARTUP_MS,
      describe: () => failed(`does not answer on port ${port} after ${STARTUP_MS / 1000} s`),
      giveUp: () => {
        if (broker.ended !== undefined) throw failed(`ended while it started (${broker.ended})`);
      },
    });
  } catch (error) {
    await broker.kill();
    throw error;
  }
  return {
    brokers: `127.0.0.1:${port}`,
    pid: broker.pid,
    logFile,
    exited: broker.exited,
    stop: () => broker.stop(),
    kill: () => broker.kill(),
  };
}

async function format({ distribution, folder }: KafkaOptions, properties: string): Promise<void> {
  const clusterId = randomBytes(16).toString('base64url');
  const tool = [
    '-Xmx256m',
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    '-cp',
    `${distribution.jars}/*`,
    'kafka.tools.StorageTool',
  ];
  // With an equals sign: one id in 64 begins with a hyphen, and would be taken for an option.
  // `--ignore-formatted`: a start that was killed in here is taken up again.
  const args = [...tool, 'format', '--ignore-formatted', `--cluster-id=${clusterId}`, '-c', properties];
  const { code, output } = await run(distribution.java, args, { env: environment().inherited, cwd: folder });
  if (code !== 0) {
    throw new Failure(
      `Kafka could not prepare its folder ${folder}:\n${output.trim().split('\n').slice(-8).join('\n')}`,
      'Check that the disk has room and the folder may be written; `npm run reset` starts with an empty broker.',
    );
  }
}
