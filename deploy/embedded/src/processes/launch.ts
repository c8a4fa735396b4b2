import { spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { Failure } from '../failure.ts';
import type { LaunchOptions } from './launch-options.ts';
import { processStartTime } from './process-start-time.ts';
import type { RunningProcess } from './running-process.ts';
import { writeFileSafely } from './write-file-safely.ts';

const LOG_LIMIT = 20 * 1024 * 1024;

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/**
 * Starts a process in a session of its own: a Ctrl-C at the terminal reaches the supervisor alone, which then ends its
 * children in the right order. Its pid and start time are written to `recordFile` and removed at its end.
 */
export async function launch(options: LaunchOptions): Promise<RunningProcess> {
  const log = openLog(options.logFile);
  const child = spawn(options.command, options.args, {
    stdio: ['ignore', log, log],
    detached: true,
    env: options.env,
    cwd: options.cwd,
    uid: options.uid,
    gid: options.gid,
  });
  closeSync(log);
  const spawned = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<string>();
  let ended: string | undefined;
  child.once('spawn', () => spawned.resolve());
  child.once('error', (error) => spawned.reject(error));
  child.once('exit', (code, signal) => {
    ended = signal === null ? `code ${code}` : `signal ${signal}`;
    rmSync(options.recordFile, { force: true });
    gone.resolve(ended);
  });
  try {
    await spawned.promise;
  } catch (error) {
    throw new Failure(
      `${options.name} could not be started: ${(error as Error).message}`,
      `Check that ${options.command} exists and may be executed.`,
    );
  }
  const pid = child.pid as number;
  const { stopSignal = 'SIGTERM', graceMs = 5_000 } = options;
  const startTime = processStartTime(pid);
  if (startTime !== undefined && ended === undefined) {
    writeFileSafely(options.recordFile, JSON.stringify({ name: options.name, pid, startTime, stopSignal, graceMs }));
  }

  // `child.kill` never reaches a stranger: it does nothing once the exit has been collected.
  async function end(signal: NodeJS.Signals, thenKillAfterMs?: number): Promise<void> {
    if (ended !== undefined) return;
    child.kill(signal);
    if (thenKillAfterMs !== undefined) {
      const timer = setTimeout(() => child.kill('SIGKILL'), thenKillAfterMs);
      void gone.promise.then(() => clearTimeout(timer));
    }
    await gone.promise;
  }

  return {
    name: options.name,
    pid,
    logFile: options.logFile,
    exited: gone.promise,
    get ended() {
      return ended;
    },
    stop: () => end(stopSignal, graceMs),
    kill: () => end('SIGKILL'),
  };
}
