import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { environment } from './environment.ts';
import { processStartTime } from './processes/process-start-time.ts';
import { until } from './processes/until.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'laurel-start-'));
const data = join(home, 'data');
const starts: ChildProcess[] = [];

/** `npm start` as it is, from the sources, on data of its own. */
function command(script: 'start' | 'reset', ...more: string[]) {
  const hook = ['--conditions=@laurel/source', '--import', `${root}tools/ts.mjs`];
  const args = [...hook, `${root}deploy/embedded/src/${script}.ts`, '--data', data, ...more];
  const child = spawn(process.execPath, args, { env: environment().inherited, stdio: ['ignore', 'pipe', 'pipe'] });
  starts.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const said = (text: string, timeoutMs = 60_000) =>
    until(() => (output.includes(text) ? output : undefined), {
      timeoutMs,
      describe: () => new Error(`"${text}" was not said in ${timeoutMs / 1000} s; said was:\n${output}`),
      giveUp: () => {
        if (child.exitCode !== null && !output.includes(text))
          throw new Error(`It ended with code ${child.exitCode} without saying "${text}":\n${output}`);
      },
    });
  return { child, said, ended, output: () => output };
}

async function stopped(laurel: ReturnType<typeof command>): Promise<number> {
  const began = performance.now();
  laurel.child.kill('SIGINT');
  expect(await laurel.ended, laurel.output()).toBe(0);
  return performance.now() - began;
}

/** As its record says; undefined while there is none. */
function pidOf(service: string): number | undefined {
  const record = join(data, 'run', `${service}.json`);
  return existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as { pid: number }).pid : undefined;
}

afterEach(async () => {
  for (const child of starts.splice(0).filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

// Each of the first two tests brings the whole stack up once or twice.
describe('npm start', { timeout: 180_000 }, () => {
  it('starts empty, restarts a killed service, refuses a second one, and stops in under ten seconds', async () => {
    const laurel = command('start', '--no-demo');
    await laurel.said('Laurel goes on running');

    const first = pidOf('rule-evaluator') ?? 0;
    process.kill(first, 'SIGKILL');
    await laurel.said('rule-evaluator ended (signal SIGKILL); starting it again in 0.5 s');
    // Another process; that it is ready again may take as long as the session of the killed one.
    const second = await until(() => pidOf('rule-evaluator'), {
      timeoutMs: 10_000,
      describe: () => new Error(`There is no second rule-evaluator:\n${laurel.output()}`),
    });
    expect(second).not.toBe(first);
    expect(processStartTime(second)).toBeDefined();

    for (const script of ['start', 'reset'] as const) {
      const another = command(script);
      expect(await another.ended).toBe(1);
      expect(another.output()).toContain(`in use by a Laurel that runs: pid ${laurel.child.pid}`);
    }
    expect(await stopped(laurel)).toBeLessThan(10_000);
    expect(readdirSync(join(data, 'run'))).toEqual([]);
  });

  it('goes on with its data in under fifteen seconds, and cleans up after a supervisor that was killed', async () => {
    const began = performance.now();
    const killed = command('start', '--no-demo');
    await killed.said('Laurel runs after');
    // Fifteen seconds of a machine that is not busy with more than it has cores.
    const busy = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
    expect(performance.now() - began).toBeLessThan(15_000 * busy);
    const orphan = pidOf('lms') ?? 0;
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(processStartTime(orphan)).toBeDefined();

    const next = command('start', '--check');
    expect(await next.ended, next.output()).toBe(0);
    expect(next.output()).toContain('left running: ');
    expect(next.output()).toContain('Everything is healthy');
    expect(processStartTime(orphan)).toBeUndefined();
  });

  it('runs the demo once: sixty certificates issued, delivered and verified, nothing left running', async () => {
    const laurel = command('start', '--once');
    expect(await laurel.ended, laurel.output()).toBe(0);
    const lines = laurel.output().trim().split('\n');
    expect(lines.at(-1)).toMatch(/^issued 60, delivered 60, verified 60, failed 0 in [\d.]+ s$/);
    expect(laurel.output()).toContain('withheld 6');
    expect(readdirSync(join(data, 'run'))).toEqual([]);
  });

  it('says who holds a port of its own', async () => {
    const ports = JSON.parse(readFileSync(join(data, 'ports.json'), 'utf8')) as Record<string, number>;
    const server = createServer().listen(ports.kafka, '127.0.0.1');
    await once(server, 'listening');
    const laurel = command('start');
    expect(await laurel.ended).toBe(1);
    expect(laurel.output()).toContain(`Port ${ports.kafka} of kafka is held by pid ${process.pid}`);
    server.close();
  });

  it('stops in the middle of a start', async () => {
    const laurel = command('start');
    await laurel.said('databases and roles');
    expect(await stopped(laurel)).toBeLessThan(10_000);
  });

  it('forgets its data on request', async () => {
    const reset = command('reset');
    expect(await reset.ended, reset.output()).toBe(0);
    expect(existsSync(data)).toBe(false);
  });
});
