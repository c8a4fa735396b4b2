import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { environment } from '../environment.ts';
import { launch } from '../processes/launch.ts';
import { processStartTime } from '../processes/process-start-time.ts';
import { until } from '../processes/until.ts';
import { Keeper } from './keeper.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-keeper-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function kept(command: string, args: string[]) {
  const folder = temporaryFolder();
  const lines: string[] = [];
  const start = () =>
    launch({
      name: 'worker',
      command,
      args,
      env: environment().inherited,
      logFile: join(folder, 'log'),
      recordFile: join(folder, 'process.json'),
    });
  const keeper = new Keeper('worker', start, (line) => lines.push(line));
  const said = (text: string) =>
    until(() => lines.find((line) => line.includes(text)), {
      timeoutMs: 8_000,
      describe: () => new Error(`"${text}" was never said; said was: ${lines.join(' | ')}`),
    });
  return { keeper, lines, said };
}

it('starts a killed process again, says so, and lets it go at the end', async () => {
  const { keeper, said } = kept('sleep', ['600']);
  await keeper.begin();
  const first = keeper.pid as number;
  process.kill(first, 'SIGKILL');
  await said('worker ended (signal SIGKILL); starting it again in 0.5 s');
  await said('worker is back as pid');
  const second = keeper.pid as number;
  expect(second).not.toBe(first);
  await keeper.stop();
  expect(processStartTime(second)).toBeUndefined();
});

it('waits longer each time that a process ends at once', async () => {
  const { keeper, said } = kept('false', []);
  await keeper.begin();
  await said('ended (code 1); starting it again in 0.5 s');
  await said('ended (code 1); starting it again in 1 s');
  await keeper.stop();
});

it('does not wait for a process that is just coming up when it is stopped', async () => {
  let starts = 0;
  const lines: string[] = [];
  const keeper = new Keeper(
    'worker',
    (again) => {
      starts++;
      return again
        ? new Promise(() => undefined)
        : Promise.resolve({ pid: 1, exited: Promise.resolve('code 1'), stop: () => Promise.resolve() });
    },
    (line) => lines.push(line),
  );
  await keeper.begin();
  await until(() => (starts === 2 ? true : undefined), {
    timeoutMs: 5_000,
    describe: () => new Error(`started ${starts} times`),
  });
  await keeper.stop();
});
