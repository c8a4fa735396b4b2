import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { waitFor, watchMachine } from '@laurel/testing';
import { afterEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** A service with a route that never answers, one that fails outside of any request, and no database. */
const program = `
  import 'reflect-metadata';
  import { Controller, Get, Module } from '@nestjs/common';
  import { z } from 'zod';
  import { Public, runService } from '@laurel/service-kit';
  class Routes {
    hang() { console.log('HANGS'); return new Promise(() => {}); }
    throws() { setImmediate(() => { throw new Error('asha@mail.example'); }); return {}; }
    rejects() { void Promise.reject(new Error('nobody')); return {}; }
  }
  Controller()(Routes);
  Public()(Routes);
  for (const name of ['hang', 'throws', 'rejects']) {
    Get(name)(Routes.prototype, name, Object.getOwnPropertyDescriptor(Routes.prototype, name));
  }
  class App {}
  Module({ controllers: [Routes] })(App);
  await runService({ name: 'asset-store', settings: z.object({}), module: App });
`;

let child: ChildProcess;
let output = '';

afterEach(() => child.kill('SIGKILL'));

async function start(): Promise<string> {
  output = '';
  const args = ['--conditions=@laurel/source', '--import', './tools/ts.mjs', '--input-type=module', '-e', program];
  child = spawn(process.execPath, args, { cwd: root, env: { LAUREL_ENV: 'test', HOST: '127.0.0.1', PORT: '0' } });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
  await waitFor(
    'the service to listen',
    () => output,
    (text) => text.includes('"at"'),
  );
  return String(/"at":"([^"]+)"/.exec(output)?.[1]);
}

/** The seconds that it took, and what so many of a free machine are on this one. */
async function exit(): Promise<{ code: unknown; seconds: number; limitOf: (seconds: number) => number }> {
  const [begin, limitOf] = [performance.now(), watchMachine()];
  const [code] = child.exitCode === null ? ((await once(child, 'exit')) as unknown[]) : [child.exitCode];
  return { code, seconds: (performance.now() - begin) / 1000, limitOf };
}

async function hang(url: string): Promise<void> {
  fetch(`${url}/hang`).catch(() => undefined);
  await waitFor(
    'the request to be in',
    () => output,
    (text) => text.includes('HANGS'),
  );
}

describe('a shutdown that does not come to its end', () => {
  it('is ended by a second signal, with code 1', async () => {
    await hang(await start());
    child.kill('SIGTERM');
    await waitFor(
      'the first signal',
      () => output,
      (text) => text.includes('"Stopping"'),
    );
    child.kill('SIGINT');
    const { code, seconds, limitOf } = await exit();
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(limitOf(2));
    expect(output).toContain('a second signal (SIGINT)');
  });

  it('is ended after nine seconds, with code 1', async () => {
    await hang(await start());
    child.kill('SIGTERM');
    const { code, seconds, limitOf } = await exit();
    expect(code).toBe(1);
    expect(seconds).toBeGreaterThan(8.5);
    expect(seconds).toBeLessThan(limitOf(9.9));
    expect(output).toContain('took longer than 9 s');
  });
});

it.each(['throws', 'rejects'])(
  'ends with 1 and a line in the log after an error that nobody caught (%s)',
  async (route) => {
    const url = await start();
    fetch(`${url}/${route}`).catch(() => undefined);
    expect((await exit()).code).toBe(1);
    expect(output).toContain('"level":"fatal"');
    expect(output).not.toContain('asha@');
  },
);
