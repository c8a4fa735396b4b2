import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { ObjectStoreUnavailable } from '../store/object-store-unavailable.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { openObjectStore } from '../store/open-object-store.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A server with just enough S3 for one object after another; `first` may answer before it. It ignores `If-None-Match`. */
async function serve(first: Answer): Promise<{ store: ObjectStore; held: Map<string, Buffer>; asked: string[] }> {
  const held = new Map<string, Buffer>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    const key = url.split('?')[0]?.replace('/bucket/', '') ?? '';
    asked.push(`${method} ${key}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (first(request, response)) return;
      if (method === 'PUT') held.set(key, Buffer.concat(chunks));
      if (method === 'DELETE') held.delete(key);
      const found = held.get(key);
      const status = method === 'DELETE' ? 204 : found === undefined ? 404 : 200;
      response.writeHead(status).end(method === 'GET' ? found : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const store = openObjectStore(`s3://key:secret@127.0.0.1:${port}/bucket?tls=false`);
  closing.push(() => {
    store.close();
    server.closeAllConnections();
    server.close();
  });
  return { store, held, asked };
}

const fail = (response: ServerResponse, status: number, code: string) => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code><Message>no</Message></Error>`);
  return true;
};
const object = (content: string) => ({ name: 'a/b', bytes: Buffer.from(content), mediaType: 'text/plain' });

test.each([
  ['ignores the condition', () => false],
  [
    'does not implement the condition',
    (request: IncomingMessage, response: ServerResponse) =>
      request.headers['if-none-match'] !== undefined && fail(response, 501, 'NotImplemented'),
  ],
])('a server that %s is asked before it is written to', async (_, first: Answer) => {
  const { store, held, asked } = await serve(first);
  await store.put([object('first')]);
  await store.put([object('second')]);
  expect([...held].map(([name, bytes]) => [name, bytes.toString()])).toEqual([['a/b', 'first']]);
  expect(asked.filter((line) => line.endsWith('a/b'))).toEqual(['HEAD a/b', 'PUT a/b', 'HEAD a/b']);
});

test('a writer that meets another one in the middle tries again, and not for ever', async () => {
  let conflicts = 2;
  const exists = new Set<string>();
  const { store, held } = await serve((request, response) => {
    const { method, url = '', headers } = request;
    if (method !== 'PUT' || headers['if-none-match'] === undefined) return false;
    if (url.includes('a/b') && conflicts-- > 0) return fail(response, 409, 'ConditionalRequestConflict');
    if (exists.has(url)) return fail(response, 412, 'PreconditionFailed');
    exists.add(url);
    return false;
  });
  await store.put([object('first')]);
  await store.put([object('second')]);
  expect(held.get('a/b')?.toString()).toBe('first');
  conflicts = Infinity;
  await expect(store.put([object('third')])).rejects.toThrow(ObjectStoreUnavailable);
});

test('a server that fails is asked three times', async () => {
  const { store, asked } = await serve((_, response) => fail(response, 503, 'SlowDown'));
  await expect(store.get('a/b')).rejects.toThrow('SlowDown 503');
  expect(asked).toHaveLength(3);
});

test('an answer that breaks off is unavailability, and never a shorter object', async () => {
  const { store } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half', () => response.destroy());
    return true;
  });
  await expect(store.get('a/b')).rejects.toThrow(ObjectStoreUnavailable);
});
