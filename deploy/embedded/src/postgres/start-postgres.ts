import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../failure.ts';
import { environment } from '../environment.ts';
import { launch } from '../processes/launch.ts';
import { logTail } from '../processes/log-tail.ts';
import { processStartTime } from '../processes/process-start-time.ts';
import type { RunningProcess } from '../processes/running-process.ts';
import { stopRecorded } from '../processes/stop-recorded.ts';
import { until } from '../processes/until.ts';
import { childProcesses } from './child-processes.ts';
import { initDatabase } from './init-database.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import type { PostgresOptions } from './postgres-options.ts';
import { probePostgres } from './probe-postgres.ts';
import type { RunningPostgres } from './running-postgres.ts';
import { serverUser } from './server-user.ts';

const STARTUP_MS = 60_000;

/**
 * Starts PostgreSQL 18 on 127.0.0.1 and waits until it answers `select 1`. A server that a killed process left on this folder is
 * stopped first. Throws a Failure with the end of the server's log.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { port, user = 'postgres', password, report } = options;
  const folder = resolve(options.folder);
  // Passable for the user who runs the server; the data folder itself is closed by initdb.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const binaries = await postgresBinaries();
  const asWhom = await serverUser(folder, binaries.postgres);
  const recordFile = join(folder, 'process.json');
  const left = await stopRecorded(recordFile);
  if (left !== undefined) report?.('stopped the PostgreSQL that an earlier start had left running');
  const data = join(folder, 'data');
  if (!existsSync(data)) await initDatabase({ initdb: binaries.initdb, asWhom, data, user, password });
  // No server of this folder lives now. Left in place, the file would stop the server if its pid has gone to another process.
  rmSync(join(data, 'postmaster.pid'), { force: true });

  const logFile = join(folder, 'postgres.log');
  const url: RunningPostgres['url'] = (
    database = 'postgres',
    role = password === undefined ? { name: user } : { name: user, password },
  ) => {
    const secret = role.password === undefined ? '' : `:${encodeURIComponent(role.password)}`;
    return `postgres://${encodeURIComponent(role.name)}${secret}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  };
  const [command, ...prefix] = [...asWhom.prefix, binaries.postgres];
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // Local sockets have a path limit of 107 bytes, which a deep clone exceeds; TCP has none.
    unix_socket_directories: '',
    max_connections: '200',
    log_line_prefix: '%m [%p] %u@%d ',
    ...options.settings,
  };
  const start = () =>
    launch({
      name: 'postgres',
      command,
      args: [...prefix, '-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      env: environment().inherited,
      cwd: folder,
      logFile,
      recordFile,
      stopSignal: 'SIGINT',
      ...(asWhom.uid === undefined ? {} : { uid: asWhom.uid }),
      ...(asWhom.gid === undefined ? {} : { gid: asWhom.gid }),
    });
  const server = await answering(start, url(), logFile, port);
  return {
    pid: server.pid,
    logFile,
    exited: server.exited,
    url,
    stop: () => server.stop(),
    kill: () => killAll(server),
  };
}

async function answering(
  start: () => Promise<RunningProcess>,
  url: string,
  logFile: string,
  port: number,
): Promise<RunningProcess> {
  const failed = (what: string) =>
    new Failure(
      `PostgreSQL ${what}. The end of ${logFile}:\n${logTail(logFile)}`,
      'The cause stands in that log; `npm run reset` starts with empty databases.',
    );
  const end = performance.now() + STARTUP_MS;
  for (;;) {
    const server = await start();
    try {
      await until(async () => ((await probePostgres(url)) ? true : undefined), {
        timeoutMs: STARTUP_MS,
        describe: () => failed(`does not answer on port ${port} after ${STARTUP_MS / 1000} s`),
        giveUp: () => {
          if (server.ended !== undefined) throw failed(`ended while it started (${server.ended})`);
        },
      });
      return server;
    } catch (error) {
      await server.kill();
      // The backends of a killed server notice within moments that it is gone; until then its memory is theirs.
      const heirs = logTail(logFile, 6).includes('pre-existing shared memory block');
      if (!heirs || performance.now() > end) throw error;
    }
  }
}

// The backends have sessions of their own and no parent any more once the server is dead: find them before, wait for them after.
async function killAll(server: RunningProcess): Promise<void> {
  if (server.ended !== undefined) return;
  const backends = childProcesses(server.pid).map((pid) => ({ pid, startTime: processStartTime(pid) }));
  await server.kill();
  const alive = () =>
    backends.filter(({ pid, startTime }) => startTime !== undefined && processStartTime(pid) === startTime);
  for (const { pid } of alive()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It was faster.
    }
  }
  await until(() => (alive().length === 0 ? true : undefined), {
    timeoutMs: 5_000,
    describe: () =>
      new Error(
        `Backends of PostgreSQL outlived it: ${alive()
          .map(({ pid }) => pid)
          .join(', ')}`,
      ),
  });
}
