import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { processStartTime } from '../processes/process-start-time.ts';
import { freePort } from '../ports/free-port.ts';
import type { KafkaOptions } from './kafka-options.ts';
import { probeKafka } from './probe-kafka.ts';
import { provideKafka } from './provide-kafka.ts';
import type { RunningKafka } from './running-kafka.ts';
import { startKafka } from './start-kafka.ts';

const cache = fileURLToPath(new URL('../../../../.laurel/cache', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'laurel-kafka-'));
let options: KafkaOptions;
let kafka: RunningKafka;

beforeAll(async () => {
  const listeners = [{ name: 'PROXIED', port: await freePort(), advertisedPort: await freePort() }];
  const distribution = await provideKafka(cache, console.log);
  options = { distribution, folder, port: await freePort(), controllerPort: await freePort(), listeners };
  kafka = await startKafka(options);
});

afterAll(async () => {
  await kafka.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('answers on its port and through a proxy to its second door', async () => {
  expect(await probeKafka('127.0.0.1', options.port)).toBe(1);
  const [door] = options.listeners ?? [];
  const proxy = createServer((client) => {
    const broker = connect(door?.port ?? 0, '127.0.0.1');
    client.pipe(broker).pipe(client);
    for (const socket of [client, broker]) socket.on('error', () => client.destroy() && broker.destroy());
  });
  proxy.listen(door?.advertisedPort, '127.0.0.1');
  await once(proxy, 'listening');
  expect(await probeKafka('127.0.0.1', door?.advertisedPort ?? 0)).toBe(1);
  proxy.close();
});

it('comes back on its folder after a kill', async () => {
  const { pid } = kafka;
  await kafka.kill();
  expect(await kafka.exited).toBe('signal SIGKILL');
  await expect(probeKafka('127.0.0.1', options.port)).rejects.toThrow();
  kafka = await startKafka(options);
  expect(kafka.pid).not.toBe(pid);
});

it('ends the broker that somebody left running on its folder', async () => {
  const { pid } = kafka;
  const said: string[] = [];
  kafka = await startKafka({ ...options, report: (line) => said.push(line) });
  expect(processStartTime(pid)).toBeUndefined();
  expect(said).toEqual(['stopped the broker that an earlier start had left running']);
});
