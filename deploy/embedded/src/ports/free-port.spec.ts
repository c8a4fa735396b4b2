import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

/** A process that is given ports, and keeps them until it is told to end. */
async function elsewhere(count: number): Promise<{ ports: number[]; end: () => Promise<unknown> }> {
  const program = `import { freePort } from '${new URL('free-port.ts', import.meta.url).href}';
    process.stdin.resume();
    const ports = [];
    while (ports.length < ${count}) ports.push(await freePort());
    console.log(JSON.stringify(ports));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    output += String(text);
    if (output.endsWith('\n')) break;
  }
  const end = () => {
    child.stdin.end();
    return ended;
  };
  return { ports: JSON.parse(output) as number[], end };
}

it('gives each port once', async () => {
  const ports: number[] = [];
  while (ports.length < 200) ports.push(await freePort());
  expect(new Set(ports).size).toBe(200);
  for (const port of ports) expect(port >= 20_000 && port < 32_000).toBe(true);
});

it('gives no port to two processes while both live, though nobody listens on it, and lets them end', async () => {
  const processes = await Promise.all([elsewhere(300), elsewhere(300), elsewhere(300)]);
  const all = processes.flatMap(({ ports }) => ports);
  expect(new Set(all).size).toBe(900);
  for (const { end } of processes) expect(await end()).toEqual([0, null]);
});
