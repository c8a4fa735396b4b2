import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { waitFor } from '@laurel/testing';
import { afterAll, expect, test } from 'vitest';
import { openObjectStore } from '../store/open-object-store.ts';

const project = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'laurel-crash-'));
const root = join(folder, 'objects');
const size = 8 * 1024 * 1024;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes objects of 8 MB without end, eight at a time; the bytes of each are its number. */
const script = `
  import { openObjectStore } from '@laurel/object-store';
  const store = openObjectStore(process.argv[1]);
  for (let at = Number(process.argv[2]); ; at += 8) {
    await store.put(Array.from({ length: 8 }, (_, n) => ({
      name: 'big/' + (at + n), bytes: Buffer.alloc(${size}, (at + n) % 251), mediaType: 'application/octet-stream',
    })));
  }
`;

const written = () => (existsSync(join(root, 'big')) ? readdirSync(join(root, 'big')) : []);

/** Starts a writer, kills it (SIGKILL) once it wrote some more objects, and waits for its end. */
async function killWriter(firstNumber: number): Promise<void> {
  const before = written().length;
  const args = ['--conditions=@laurel/source', '--import', './tools/ts.mjs', '--input-type=module', '-e', script];
  const writer = spawn(process.execPath, [...args, pathToFileURL(root).href, String(firstNumber)], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = once(writer, 'exit');
  try {
    await waitFor('some objects', written, ({ length }) => length >= before + 9, { interval: 3, timeout: 30_000 });
  } finally {
    writer.kill('SIGKILL');
    await gone;
  }
}

test('a writer that is killed in the middle leaves no half object under its name, and its leftovers go', async () => {
  for (const round of [0, 1, 2]) {
    await killWriter(round * 100_000);
    for (const name of written()) {
      const bytes = readFileSync(join(root, 'big', name));
      expect(bytes.equals(Buffer.alloc(size, Number(name) % 251)), `${name} is whole`).toBe(true);
      rmSync(join(root, 'big', name));
    }
  }
  const incoming = join(root, '.new');
  const leftovers = readdirSync(incoming);
  // It was in the middle of something: else the above proves nothing.
  expect(leftovers.length).toBeGreaterThan(0);
  const [recent = '', ...older] = leftovers;
  for (const name of older) utimesSync(join(incoming, name), new Date(), new Date(Date.now() - 2 * 60 * 60 * 1_000));
  const store = openObjectStore(pathToFileURL(root).href);
  await store.put([{ name: 'small', bytes: Buffer.from('x'), mediaType: 'text/plain' }]);
  expect(readdirSync(incoming)).toEqual([recent]);
});

test('folders that somebody removed meanwhile are made again', async () => {
  const store = openObjectStore(pathToFileURL(root).href);
  const object = { name: 'a/b/c', bytes: Buffer.from('x'), mediaType: 'text/plain' };
  await store.put([object]);
  rmSync(root, { recursive: true });
  await store.put([object]);
  expect((await store.get('a/b/c'))?.toString()).toBe('x');
  expect(await store.get('a/b/c/d')).toBeUndefined();
  expect(await store.has('a/b')).toBe(false);
  mkdirSync(join(root, 'd'));
  await expect(store.put([{ ...object, name: 'd' }])).rejects.toThrow('One name is an object and the beginning');
  await expect(store.put([{ ...object, name: 'a/b/c/d' }])).rejects.toThrow('One name is an object and the beginning');
});

test('a folder whose disk is not mounted is unavailable, and says what to do', async () => {
  const store = openObjectStore(pathToFileURL(join(folder, 'not', 'mounted')).href);
  const fix = 'create the folder, or mount what belongs there';
  await expect(store.check()).rejects.toThrow(fix);
  await expect(store.put([{ name: 'a', bytes: Buffer.from('x'), mediaType: 'text/plain' }])).rejects.toThrow(fix);
});
