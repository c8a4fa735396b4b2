import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { processStartTime } from './process-start-time.ts';
import { stopRecorded } from './stop-recorded.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function sleeper(startTime?: string, command = ['sleep', '600']) {
  const file = join(temporaryFolder(), 'process.json');
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  // What is to ignore a signal says when it does.
  await (program === 'sh' ? once(child.stdout, 'data') : once(child, 'spawn'));
  const pid = child.pid as number;
  const record = {
    name: 'sleeper',
    pid,
    startTime: startTime ?? processStartTime(pid),
    stopSignal: 'SIGTERM',
    graceMs: 300,
  };
  writeFileSync(file, JSON.stringify(record));
  return { child, file };
}

it('ends the process that the record names', async () => {
  const { child, file } = await sleeper();
  const ended = once(child, 'exit');
  expect(await stopRecorded(file)).toBe('sleeper');
  expect(await ended).toEqual([null, 'SIGTERM']);
  expect(existsSync(file)).toBe(false);
});

it('kills it when it does not listen', async () => {
  const { child, file } = await sleeper(undefined, ['sh', '-c', 'trap "" TERM; echo; while :; do sleep 600; done']);
  process.kill(child.pid as number, 'SIGSTOP');
  const ended = once(child, 'exit');
  expect(await stopRecorded(file)).toBe('sleeper');
  expect(await ended).toEqual([null, 'SIGKILL']);
});

it('does not touch a stranger with the same pid', async () => {
  const { child, file } = await sleeper('another boot:1');
  expect(await stopRecorded(file)).toBeUndefined();
  expect(child.exitCode).toBeNull();
  expect(child.signalCode).toBeNull();
  child.kill('SIGKILL');
});

it('knows nothing to stop where nothing was recorded', async () => {
  expect(await stopRecorded('/nowhere/process.json')).toBeUndefined();
});
