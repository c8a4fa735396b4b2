import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const list = JSON.stringify({ packages: { '': {}, 'node_modules/zod': { version: '4.0.0' } } });

/** A repository that is installed, and whose check does what the test says. */
function repository(check: string): string {
  const root = temporaryFolder();
  for (const folder of ['tools', 'node_modules/.bin', '.laurel']) mkdirSync(join(root, folder), { recursive: true });
  cpSync(fileURLToPath(new URL('./run.mjs', import.meta.url)), join(root, 'tools/run.mjs'));
  writeFileSync(join(root, 'tools/check.mjs'), check);
  writeFileSync(join(root, 'package-lock.json'), list);
  writeFileSync(join(root, 'node_modules/.package-lock.json'), list);
  writeFileSync(join(root, 'node_modules/.bin/tsc'), '');
  symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
  return root;
}

function run(root: string, ...args: string[]) {
  const child = spawn(process.execPath, [join(root, 'tools/run.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const heard = new Map<string, () => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      for (const [text, tell] of heard) if (output.includes(text)) tell();
    });
  }
  return {
    child,
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, output })),
    said: (text: string) => new Promise<void>((resolve) => heard.set(text, resolve)),
  };
}

it('hands the arguments on and gives the exit code back', async () => {
  const root = repository('console.log(process.argv.slice(2).join(" ")); process.exit(7)');
  expect(await run(root, 'test', 'unit', '--x').ended).toEqual({ code: 7, output: 'test unit --x\n' });
  expect(existsSync(join(root, '.laurel/bootstrap.lock'))).toBe(false);
});

it('keeps what Node compiles in the project, for all that is started from there', async () => {
  const root = repository('console.log(process.env.NODE_COMPILE_CACHE)');
  // As in a shell: the check that runs this test has a cache already.
  vi.stubEnv('NODE_COMPILE_CACHE', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { output } = await run(root, 'test').ended;
  expect(output).toBe(`${join(root, '.laurel/cache/compiled')}\n`);
});

it('names its commands when it does not know one', async () => {
  const { code, output } = await run(repository(''), 'tset').ended;
  expect(code).toBe(2);
  expect(output).toContain('There is no command "tset". There are: start, test, check, build');
});

it('passes a signal on and waits for the end', async () => {
  const root = repository(
    'process.on("SIGTERM", () => process.exit(5)); console.log("up"); setInterval(() => {}, 1e6)',
  );
  const { child, said, ended } = run(root, 'check');
  await said('up');
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 5 });
});

it('takes over the lock of a command that was killed', async () => {
  const root = repository('console.log("done")');
  writeFileSync(join(root, '.laurel/bootstrap.lock'), `${process.pid} 1`);
  expect(await run(root, 'check').ended).toEqual({ code: 0, output: 'done\n' });
});

it('waits for a command that installs or builds, until it ends in whatever way', async () => {
  const root = repository('console.log("done")');
  const other = spawn('sleep', ['600']);
  await once(other, 'spawn');
  const stat = readFileSync(`/proc/${other.pid}/stat`, 'utf8');
  const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  writeFileSync(join(root, '.laurel/bootstrap.lock'), `${other.pid} ${startTime}`);
  const { said, ended } = run(root, 'check');
  await said(`waiting for another command (pid ${other.pid})`);
  other.kill('SIGKILL');
  expect(await ended).toMatchObject({ code: 0, output: expect.stringMatching(/done\n$/) as string });
});
