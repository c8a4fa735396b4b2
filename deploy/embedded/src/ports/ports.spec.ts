import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { Ports } from './ports.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-ports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let server: Server | undefined;
afterEach(() => server?.close());

it('gives the same port again, in a later start too', async () => {
  const file = join(temporaryFolder(), 'ports.json');
  const first = await new Ports(file).take('kafka');
  const ports = new Ports(file);
  expect(await ports.take('kafka')).toBe(first);
  expect(await ports.take('postgres')).not.toBe(first);
});

it('names who holds a port that is ours', async () => {
  const file = join(temporaryFolder(), 'ports.json');
  const port = await new Ports(file).take('kafka');
  server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  await expect(new Ports(file).take('kafka')).rejects.toThrow(`Port ${port} of kafka is held by pid ${process.pid}: `);
});
