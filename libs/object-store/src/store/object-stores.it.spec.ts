import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type RunningS3, startS3, watchMachine } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { ObjectStoreUnavailable } from './object-store-unavailable.ts';
import { openObjectStore } from './open-object-store.ts';

let s3: RunningS3;
const folder = mkdtempSync(join(tmpdir(), 'laurel-objects-'));

beforeAll(async () => {
  s3 = await startS3();
});
afterAll(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function listed(objects: AsyncIterable<StoredObject>): Promise<StoredObject[]> {
  const all: StoredObject[] = [];
  for await (const object of objects) all.push(object);
  return all;
}

const kinds = [
  { kind: 'a folder', url: () => pathToFileURL(join(folder, 'objects')).href },
  { kind: 'a bucket', url: () => s3.url('laurel-test') },
];

describe.each(kinds)('$kind', ({ url }) => {
  const opened: ObjectStore[] = [];
  const open = () => {
    const store = openObjectStore(url());
    opened.push(store);
    return store;
  };
  afterAll(() => opened.forEach((store) => store.close()));
  const place = () => `test/${randomUUID()}`;
  const text = (name: string, content: string) => ({ name, bytes: Buffer.from(content), mediaType: 'text/plain' });
  const names = async (store: ObjectStore, prefix: string) =>
    (await listed(store.list(prefix))).map(({ name }) => name);

  test('can be used, and says so without leaving anything', async () => {
    const store = open();
    const before = await names(store, '');
    await store.check();
    expect(await names(store, '')).toEqual(before);
  });

  test('gives back what was put, byte for byte, also to another process', async () => {
    const at = place();
    const store = open();
    const objects = [0, 1, 120_000, 1_500_000].map((length) => ({
      name: `${at}/${length}.bin`,
      bytes: randomBytes(length),
      mediaType: 'application/octet-stream',
    }));
    await store.put(objects);
    const other = open();
    for (const { name, bytes } of objects) {
      expect(await other.has(name)).toBe(true);
      expect((await other.get(name))?.equals(bytes)).toBe(true);
    }
  });

  test('takes an object in pieces, which are one', async () => {
    const name = `${place()}/pieces.bin`;
    const pieces = [randomBytes(100_000), Buffer.alloc(0), randomBytes(7), randomBytes(30_000)];
    const store = open();
    await store.put([{ name, bytes: pieces, mediaType: 'application/octet-stream' }]);
    expect((await store.get(name))?.equals(Buffer.concat(pieces))).toBe(true);
  });

  test('has nothing under a name that nobody wrote, nor under the beginning of one', async () => {
    const at = place();
    const store = open();
    await store.put([text(`${at}/a/b`, 'x')]);
    for (const name of [`${at}/none`, `${at}/a`, 'never/seen']) {
      expect(await store.get(name)).toBeUndefined();
      expect(await store.has(name)).toBe(false);
    }
  });

  test('keeps the first of several writers, whatever the later ones bring', async () => {
    const name = `${place()}/once`;
    await open().put([text(name, 'first'), text(name, 'second in the call')]);
    await open().put([text(name, 'second'), text(`${name}-2`, 'neighbour')]);
    expect((await open().get(name))?.toString()).toBe('first');
    expect((await open().get(`${name}-2`))?.toString()).toBe('neighbour');
  });

  test('holds one whole object after many wrote it at once', async () => {
    const at = place();
    const writers = Array.from({ length: 8 }, (_, writer) => String(writer).repeat(50_000));
    const mine = Array.from({ length: 5 }, (_, index) => `${at}/${index}`);
    await Promise.all(writers.map((content) => open().put(mine.map((name) => text(name, content)))));
    for (const name of mine) expect(writers).toContain((await open().get(name))?.toString());
  });

  test('lists by the bytes of the names, with lengths and times, whatever the prefix ends with', async () => {
    const at = place();
    const store = open();
    const since = Date.now() - 2_000;
    const all = ['a', 'a-b', 'a.b', 'a/z', 'aB/1', 'ab', 'b/c/d', 'b/c/e', 'c'].map((name) => `${at}/${name}`);
    await store.put(
      all
        .toReversed()
        .map((name) => text(name, name))
        .filter(({ name }) => name !== `${at}/a`),
    );
    const found = await listed(store.list(`${at}/`));
    expect(found.map(({ name }) => name)).toEqual(all.slice(1));
    expect(found.map(({ bytes }) => bytes)).toEqual(all.slice(1).map(({ length }) => length));
    for (const { writtenAt } of found) expect(Math.abs(writtenAt.getTime() - since)).toBeLessThan(60_000);
    expect(await names(store, `${at}/a`)).toEqual(all.slice(1, 6));
    expect(await names(store, `${at}/b/c`)).toEqual(all.slice(6, 8));
    expect(await names(store, at.slice(0, -1))).toEqual(all.slice(1));
    expect(await names(store, `${at}/b/c/d`)).toEqual([`${at}/b/c/d`]);
    expect(await names(store, `${at}/none/`)).toEqual([]);
    const behind = async (after: string) => (await listed(store.list(`${at}/`, after))).map(({ name }) => name);
    for (const [index, name] of all.entries()) expect(await behind(name)).toEqual(all.slice(index + 1));
    expect(await behind(`${at}/b/c/d-gone`)).toEqual(all.slice(-2));
  });

  test('lists more than one page, and deletes what is there of many names', async () => {
    const at = place();
    const store = open();
    const many = Array.from({ length: 1_050 }, (_, index) => `${at}/${String(index).padStart(4, '0')}`);
    await store.put(many.map((name) => text(name, '.')));
    expect(await names(store, `${at}/`)).toEqual(many);
    await store.delete([...many.slice(0, 1_000), `${at}/none`, 'never/seen']);
    expect(await names(store, `${at}/`)).toEqual(many.slice(1_000));
    await store.put([text(many[0] ?? '', 'again')]);
    expect((await store.get(many[0] ?? ''))?.toString()).toBe('again');
  });

  test.each([
    '',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/../../b',
    'a/..',
    '.hidden',
    'a/.new/b',
    'a\\b',
    'a\0b',
    'ä',
    'a b',
    'a%2fb',
  ])('refuses the name "%s" everywhere', async (name) => {
    const store = open();
    for (const call of [
      () => store.put([text(name, 'x')]),
      () => store.get(name),
      () => store.has(name),
      () => store.delete([name]),
    ]) {
      await expect(call()).rejects.toThrow(RangeError);
    }
  });

  test.each(['..', '../', '/', 'a//', '.new/', 'a/../b'])('refuses the prefix "%s"', async (prefix) => {
    await expect(listed(open().list(prefix))).rejects.toThrow(RangeError);
  });

  test('holds fifty certificates within a moment', async () => {
    const objects = Array.from({ length: 50 }, () => {
      const bytes = randomBytes(120_000);
      const name = `${place()}-${createHash('sha256').update(bytes).digest('hex')}.pdf`;
      return { name, bytes, mediaType: 'application/pdf' };
    });
    const [since, limitOf] = [performance.now(), watchMachine()];
    await open().put(objects);
    expect((performance.now() - since) / 1_000).toBeLessThan(limitOf(3));
  });
});

test('a bucket whose server is away is unavailable, and is back when the server is', { timeout: 90_000 }, async () => {
  const store = openObjectStore(s3.url('away'));
  const object = { name: 'a/b', bytes: Buffer.from('x'), mediaType: 'text/plain' };
  await store.put([object]);
  await s3.kill();
  const calls = [
    () => store.put([object]),
    () => store.get('a/b'),
    () => store.has('a/b'),
    () => store.delete(['a/b']),
    () => store.check(),
    () => listed(store.list('')),
  ];
  for (const call of calls) await expect(call()).rejects.toThrow(ObjectStoreUnavailable);
  await s3.startAgain();
  expect((await store.get('a/b'))?.toString()).toBe('x');
  store.close();
});

test('a bucket that is not there, or a wrong secret, is unavailable and never looks like an empty store', async () => {
  const absent = s3.url('laurel-test').replace('/laurel-test', '/laurel-none');
  const wrong = s3.url('laurel-test').replace(/:[0-9a-f]{24}@/, ':wrong@');
  for (const [url, fix] of [
    [absent, 'create the bucket'],
    [wrong, 'the secret in the URL'],
  ] as const) {
    const store = openObjectStore(url);
    await expect(store.get('a/b')).rejects.toThrow(fix);
    for (const call of [() => store.has('a/b'), () => store.check(), () => listed(store.list(''))]) {
      await expect(call()).rejects.toThrow(ObjectStoreUnavailable);
    }
    store.close();
  }
});
