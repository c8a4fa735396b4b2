import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { waitFor } from '../waiting/wait-for.ts';
import { TcpProxy } from './tcp-proxy.ts';

let echo: Server;
let proxy: TcpProxy;
const heard: string[] = [];
const sockets: Socket[] = [];

beforeEach(async () => {
  heard.length = 0;
  echo = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard.push(String(chunk));
      socket.write(`echo ${String(chunk)}`);
    });
  });
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await TcpProxy.start({ host: '127.0.0.1', port: (echo.address() as { port: number }).port });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await proxy.stop();
  echo.close();
});

/** A client of the proxy, and what it got. */
function client() {
  const socket = connect(proxy.port, '127.0.0.1');
  sockets.push(socket);
  const state = { got: '', closed: false, socket };
  socket.on('data', (chunk) => (state.got += String(chunk)));
  socket.on('error', () => undefined);
  socket.on('close', () => (state.closed = true));
  return state;
}

describe('TcpProxy', () => {
  test('passes both ways', async () => {
    const one = client();
    one.socket.write('hello');
    await waitFor(
      'the echo',
      () => one.got,
      (got) => got === 'echo hello',
    );
  });

  test('cuts what is open, refuses what comes, and lets all pass again', async () => {
    const open = client();
    open.socket.write('hello');
    await waitFor('the echo', () => open.got, Boolean);
    proxy.cut();
    await waitFor('the end', () => open.closed, Boolean);
    const refused = client();
    await waitFor('the refusal', () => refused.closed, Boolean);
    proxy.restore();
    const again = client();
    again.socket.write('again');
    await waitFor(
      'the echo',
      () => again.got,
      (got) => got === 'echo again',
    );
  });

  test('loses answers, though requests arrive, and forgets such connections at the end', async () => {
    const one = client();
    await once(one.socket, 'connect');
    proxy.loseAnswers();
    one.socket.write('heard');
    await waitFor(
      'the request to arrive',
      () => heard,
      ({ length }) => length === 1,
    );
    proxy.restore();
    await waitFor('the end of the connection', () => one.closed, Boolean);
    expect(one.got).toBe('');
  });

  test('slows both directions, in order', async () => {
    proxy.slow(100);
    const one = client();
    const begun = Date.now();
    for (const part of ['a', 'b', 'c']) one.socket.write(part);
    await waitFor(
      'the echo',
      () => one.got.replaceAll('echo ', ''),
      (got) => got === 'abc',
    );
    expect(Date.now() - begun).toBeGreaterThanOrEqual(195);
  });
});
