import { execFileSync } from 'node:child_process';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor, watchMachine } from '@laurel/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { ResolveAll } from './guarded-connector.ts';
import { OutboundError } from './outbound-error.ts';
import { OutboundHttp, type OutboundOptions } from './outbound-http.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function serve(server: Server | TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** A server that speaks whatever it likes. */
async function speak(talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  closing.push(() => sockets.forEach((socket) => socket.destroy()));
  return serve(
    createTcpServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      talk(socket);
    }),
  );
}

function client(options: OutboundOptions): OutboundHttp {
  const made = new OutboundHttp(options);
  closing.push(() => made.close());
  return made;
}

const get = (http: OutboundHttp, url: string) => http.request({ method: 'POST', url, headers: {}, body: '{}' });

async function failure(http: OutboundHttp, url: string): Promise<OutboundError> {
  const error: unknown = await get(http, url).then(
    ({ status }) => new Error(`answered ${status}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OutboundError);
  expect((error as Error).message).not.toMatch(/\d+\.\d+\.\d+\.\d+|::/);
  return error as OutboundError;
}

const resolvesTo =
  (...answers: LookupAddress[][]): ResolveAll =>
  (_hostname, _options, callback) =>
    callback(null, (answers.length > 1 ? answers.shift() : answers[0]) ?? []);
const v4 = (address: string): LookupAddress => ({ address, family: 4 });

describe('where it connects', () => {
  it('not to a name that leads to this machine, in whole or in part', async () => {
    let connections = 0;
    const port = await speak(() => connections++);
    const one = client({ lookup: resolvesTo([v4('127.0.0.1')]) });
    expect(await failure(one, `http://a.example:${port}/`)).toMatchObject({
      kind: 'address',
      message: 'The host leads to a loopback address, and only public ones are called',
    });
    const mixed = client({ lookup: resolvesTo([v4('93.184.215.14'), { address: '::1', family: 6 }]) });
    expect((await failure(mixed, `http://a.example:${port}/`)).kind).toBe('address');
    expect((await failure(client({}), `http://localtest.localhost:${port}/`)).kind).toBe('url');
    expect(connections).toBe(0);
  });

  it('not to a name that changed its mind after it was looked at (rebinding)', async () => {
    let connections = 0;
    const port = await speak((socket) => {
      connections++;
      socket.destroy();
    });
    // Whoever resolved first, to judge, and once more, to connect, would be led to this machine.
    const http = client({ lookup: resolvesTo([v4('192.0.2.1')], [v4('127.0.0.1')]), connectTimeoutMs: 300 });
    expect((await failure(http, `http://a.example:${port}/`)).kind).toBe('address');
    expect((await failure(http, `http://a.example:${port}/`)).kind).toBe('address');
    expect(connections).toBe(0);
  });

  it('not to a literal address, of which no resolver is asked', async () => {
    const port = await speak(() => undefined);
    for (const host of ['127.0.0.1', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]']) {
      expect((await failure(client({}), `http://${host}:${port}/`)).kind).toBe('url');
    }
  });

  it('not to where a redirect points', async () => {
    const target = await serve(createServer((_, response) => response.end('inside')));
    const port = await serve(
      createServer((_, response) => response.writeHead(308, { location: `http://127.0.0.1:${target}/` }).end('moved')),
    );
    const http = client({ allow: [`127.0.0.1:${port}`, `127.0.0.1:${target}`] });
    const answer = await get(http, `http://127.0.0.1:${port}/`);
    expect(answer).toMatchObject({ status: 308, address: '127.0.0.1', truncated: false });
    expect(answer.body.toString()).toBe('moved');
  });

  it('says so when nobody is there, or nobody knows the name', async () => {
    const port = await speak(() => undefined);
    closing.pop()?.();
    expect((await failure(client({ allow: [`127.0.0.1:${port}`] }), `http://127.0.0.1:${port}/`)).kind).toBe('connect');
    const unknown: ResolveAll = (_hostname, _options, callback) =>
      callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []);
    expect(await failure(client({ lookup: unknown }), 'https://a.example/')).toMatchObject({
      kind: 'dns',
      retryable: true,
    });
  });
});

describe('how long and how much it reads', () => {
  it('breaks off an endless drip at the deadline', async () => {
    const port = await speak((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      // eslint-disable-next-line laurel/honest-tests -- the server takes its time, the test does not
      const drip = setInterval(() => socket.write('.'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    const [begin, limitOf] = [performance.now(), watchMachine()];
    const http = client({ allow: [`127.0.0.1:${port}`], totalTimeoutMs: 400 });
    expect(await failure(http, `http://127.0.0.1:${port}/`)).toMatchObject({
      kind: 'timeout',
      message: 'No whole answer within 400 ms',
    });
    expect((performance.now() - begin) / 1_000).toBeLessThan(limitOf(2));
  });

  it('breaks off a header that does not come, and one that does not end', async () => {
    const silent = await speak(() => undefined);
    const endless = await speak((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      // eslint-disable-next-line laurel/honest-tests -- the server takes its time, the test does not
      const more = setInterval(() => socket.write(`x-a: ${'a'.repeat(1_000)}\r\n`), 1);
      socket.on('close', () => clearInterval(more));
    });
    const http = client({ allow: [`127.0.0.1:${silent}`, `127.0.0.1:${endless}`], totalTimeoutMs: 1_500 });
    expect((await failure(http, `http://127.0.0.1:${silent}/`)).kind).toBe('timeout');
    expect((await failure(http, `http://127.0.0.1:${endless}/`)).kind).toBe('protocol');
  });

  it('keeps 16 KB of a gigabyte and closes the connection', async () => {
    let sent = 0;
    let isClosed = false;
    const chunk = Buffer.alloc(65_536, 'x');
    const port = await speak((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${2 ** 30}\r\ncontent-encoding: gzip\r\n\r\n`);
      const pour = () => {
        while (!socket.destroyed && sent < 2 ** 30) {
          sent += chunk.length;
          if (!socket.write(chunk)) return void socket.once('drain', pour);
        }
      };
      socket.once('data', pour).on('close', () => (isClosed = true));
    });
    const answer = await get(client({ allow: [`127.0.0.1:${port}`] }), `http://127.0.0.1:${port}/`);
    expect(answer).toMatchObject({ status: 200, truncated: true });
    expect(answer.body).toHaveLength(16_384);
    await waitFor('the connection to be closed', () => isClosed, Boolean);
    expect(sent).toBeLessThan(2 ** 25);
  });

  it('tells a broken connection from no HTTP', async () => {
    const broken = await speak((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const babble = await speak((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')));
    const http = client({ allow: [`127.0.0.1:${broken}`, `127.0.0.1:${babble}`] });
    expect((await failure(http, `http://127.0.0.1:${broken}/`)).kind).toBe('reset');
    expect((await failure(http, `http://127.0.0.1:${babble}/`)).kind).toBe('protocol');
  });
});

it('keeps connections, and gives up the oldest idle one', async () => {
  let connections = 0;
  const ports = [1, 2].map(() =>
    serve(createServer((_, response) => response.end()).on('connection', () => connections++)),
  );
  const [first, second] = await Promise.all(ports);
  const http = client({ allow: [`127.0.0.1:${first}`, `127.0.0.1:${second}`], maxOrigins: 1 });
  for (let count = 0; count < 10; count++) await get(http, `http://127.0.0.1:${first}/`);
  // One that is just being freed may be passed over for a second one.
  expect(connections).toBeLessThanOrEqual(2);
  const kept = connections;
  await get(http, `http://127.0.0.1:${second}/`);
  await get(http, `http://127.0.0.1:${first}/`);
  expect(connections).toBe(kept + 2);
});

it('trusts no certificate that nobody trusts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-tls-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string) => join(folder, name);
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost', '-keyout', file('key'), '-out', file('cert')], { stdio: 'ignore' }); // prettier-ignore
  const ca = readFileSync(file('cert'), 'utf8');
  const port = await serve(
    createTlsServer({ key: readFileSync(file('key')), cert: ca }, (_, response) => response.end('safe')),
  );
  const allow = [`127.0.0.1:${port}`, `localhost:${port}`];
  expect((await failure(client({ allow }), `https://localhost:${port}/`)).kind).toBe('tls');
  expect((await failure(client({ allow, ca }), `https://127.0.0.1:${port}/`)).kind).toBe('tls');
  expect((await get(client({ allow, ca }), `https://localhost:${port}/`)).body.toString()).toBe('safe');
});

it('breaks what is under way when it is closed, and takes nothing more', async () => {
  const port = await speak(() => undefined);
  const http = client({ allow: [`127.0.0.1:${port}`] });
  const waiting = failure(http, `http://127.0.0.1:${port}/`);
  await http.close();
  expect((await waiting).kind).toBe('closed');
  expect((await failure(http, `http://127.0.0.1:${port}/`)).kind).toBe('closed');
});
