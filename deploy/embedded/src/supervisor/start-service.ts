import { environment } from '../environment.ts';
import { Failure } from '../failure.ts';
import { launch } from '../processes/launch.ts';
import { logTail } from '../processes/log-tail.ts';
import { until } from '../processes/until.ts';
import type { Part } from './part.ts';

const FIRST_MS = 60_000;
const AGAIN_MS = 15_000;

/**
 * Starts one service and waits for its GET /health/ready. At its first start it has to become ready; started again it may wait
 * for what it depends on, and only has to stay alive.
 */
export async function startService(service: {
  name: string;
  args: readonly string[];
  env: Record<string, string>;
  address: string;
  logFile: string;
  recordFile: string;
  again: boolean;
}): Promise<Part> {
  const { name, args, env, address, logFile, recordFile, again } = service;
  const running = await launch({
    name,
    command: process.execPath,
    args,
    env: { ...environment().inherited, ...env },
    logFile,
    recordFile,
    graceMs: 4_000,
  });
  const failed = (what: string) =>
    new Failure(`${name} ${what}. The end of ${logFile}:\n${logTail(logFile)}`, 'The cause stands in that log.');
  let said = 'nothing';
  try {
    await until(
      async () => {
        const answer = await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(
          () => undefined,
        );
        if (answer?.ok === true) return true;
        if (answer !== undefined) said = (await answer.text()).slice(0, 500);
        return undefined;
      },
      {
        timeoutMs: again ? AGAIN_MS : FIRST_MS,
        everyMs: 60,
        describe: () => failed(`is not ready after ${FIRST_MS / 1000} s; its ${address}/health/ready said: ${said}`),
        giveUp: () => {
          if (running.ended !== undefined) throw failed(`ended while it started (${running.ended})`);
        },
      },
    );
  } catch (error) {
    if (running.ended === undefined && again) return running;
    await running.stop();
    throw error;
  }
  return running;
}
