import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  environment,
  Failure,
  freePort,
  launch,
  logTail,
  provideJars,
  type RunningProcess,
  until,
} from '@laurel/embedded';

/** Downloads are kept where `npm start` keeps them. */
const cacheFolder = fileURLToPath(new URL('../../../../.laurel/cache', import.meta.url));
const pomFile = fileURLToPath(new URL('../../s3proxy/pom.xml', import.meta.url));
const startupMs = 60_000;

/** A server that speaks S3. */
export interface RunningS3 {
  readonly port: number;
  /** `OBJECT_STORE_URL` of a bucket; made, empty, the first time it is asked for. */
  url(bucket: string): string;
  /** Ends the server as a power cut would; its objects stay. */
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server that speaks S3, on a free port and a folder that goes with it. Throws a Failure that says what to do. */
export async function startS3(): Promise<RunningS3> {
  const distribution = await provideJars({
    pomFile,
    artifact: 's3proxy',
    title: 'S3Proxy',
    size: '40 MB',
    name: 's3proxy',
    otherwise: '',
    cacheFolder,
    report: () => undefined,
  });
  const folder = mkdtempSync(join(tmpdir(), 'laurel-s3-'));
  const buckets = join(folder, 'buckets');
  mkdirSync(buckets);
  const server = { port: await freePort(), key: 'laurel', secret: randomBytes(12).toString('hex'), buckets };
  const start = () => startServer(distribution, folder, server);
  let running = await start();
  return {
    port: server.port,
    url(bucket) {
      mkdirSync(join(buckets, bucket), { recursive: true });
      return `s3://${server.key}:${server.secret}@127.0.0.1:${server.port}/${bucket}?tls=false`;
    },
    kill: () => running.kill(),
    async startAgain() {
      running = await start();
    },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startServer(
  { java, jars }: { java: string; jars: string },
  folder: string,
  server: { port: number; key: string; secret: string; buckets: string },
): Promise<RunningProcess> {
  const properties = join(folder, 's3proxy.properties');
  const logging = join(folder, 'logback.xml');
  writeFileSync(properties, propertiesOf(server), { mode: 0o600 });
  writeFileSync(logging, logback);
  const logFile = join(folder, 's3proxy.log');
  const running = await launch({
    name: 's3proxy',
    command: java,
    args: [
      ...['-Xmx128m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
      `-Dlogback.configurationFile=${logging}`,
      ...['-cp', `${jars}/*`, 'org.gaul.s3proxy.Main', '--properties', properties],
    ],
    env: environment().inherited,
    cwd: folder,
    logFile,
    recordFile: join(folder, 'process.json'),
  });
  const failed = (what: string) =>
    new Failure(`The S3 server ${what}. The end of its log:\n${logTail(logFile)}`, 'The cause stands in that log.');
  try {
    await until(() => answers(server.port), {
      timeoutMs: startupMs,
      describe: () => failed(`does not answer on port ${server.port}`),
      giveUp: () => {
        if (running.ended !== undefined) throw failed(`ended while it started (${running.ended})`);
      },
    });
  } catch (error) {
    await running.kill();
    throw error;
  }
  return running;
}

async function answers(port: number): Promise<true | undefined> {
  try {
    await fetch(`http://127.0.0.1:${port}/`);
    return true;
  } catch {
    return undefined;
  }
}

const propertiesOf = ({
  port,
  key,
  secret,
  buckets,
}: {
  port: number;
  key: string;
  secret: string;
  buckets: string;
}) => `
s3proxy.endpoint=http://127.0.0.1:${port}
s3proxy.authorization=aws-v2-or-v4
s3proxy.identity=${key}
s3proxy.credential=${secret}
jclouds.provider=filesystem-nio2
jclouds.filesystem.basedir=${buckets}
`;

/** Without one it logs every step of every request. */
const logback = `<configuration>
  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%d{HH:mm:ss.SSS} %level %logger{20} %msg%n</pattern></encoder>
  </appender>
  <root level="warn"><appender-ref ref="out"/></root>
</configuration>
`;
