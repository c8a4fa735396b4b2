import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideBrowser, waitFor } from '@laurel/testing';
import { createCanvas } from '@napi-rs/canvas';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseSlots } from '../slots/parse-slots.ts';
import { BrowserPool } from './browser-pool.ts';
import { BrowserUnavailable } from './browser-unavailable.ts';
import { PrintOvergrown } from './print-overgrown.ts';
import { sessionMemory } from './session-memory.ts';

const MIB = 2 ** 20;
let browserPath = '';
const told: string[] = [];
const log = {
  info: (_: object, message: string) => void told.push(message),
  warn: (_: object, message: string) => void told.push(message),
};
const open: BrowserPool[] = [];
const folders: string[] = [];

async function start(options: object = {}): Promise<BrowserPool> {
  const pool = await BrowserPool.start({ browserPath, noSandbox: true, log, ...options });
  // A start tells also what it found of services that other tests have killed.
  told.length = 0;
  open.push(pool);
  return pool;
}

const pidOf = (pool: BrowserPool) => pool['current'].pid;
const renderers = (pool: BrowserPool) =>
  sessionMemory(pidOf(pool)).filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer');
    } catch (error) {
      // It ended while we looked.
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw error;
    }
  });
/** The process of a page that was closed ends a moment later. */
const untilRenderers = (pool: BrowserPool, count: number) =>
  waitFor(
    `${count} pages`,
    () => renderers(pool).length,
    (found) => found === count,
  );

/** A browser that hangs in its start from `hang` to `heal`, which tells who did: it answers everything but the wish for a page, which it never hears. */
function hanging() {
  const folder = mkdtempSync(join(tmpdir(), 'laurel-hangs-'));
  folders.push(folder);
  chmodSync(folder, 0o777);
  const [path, hangs] = [join(folder, 'browser'), join(folder, 'hangs')];
  const script = `#!/bin/sh
[ -e ${hangs} ] || exec '${browserPath}' "$@"
echo $$ >>${hangs}
PATH=/usr/bin:/bin grep -zv --line-buffered Target.createTarget <&3 | '${browserPath}' "$@" 3<&0
`;
  writeFileSync(path, script, { mode: 0o755 });
  const hang = (pool: BrowserPool) => {
    writeFileSync(hangs, '');
    // The account of the browser writes into it.
    chmodSync(hangs, 0o666);
    Object.assign(pool['options'], { startTimeoutMs: 2000 });
  };
  const heal = (pool: BrowserPool) => {
    const pids = readFileSync(hangs, 'utf8').trim().split('\n').map(Number);
    rmSync(hangs);
    Object.assign(pool['options'], { startTimeoutMs: undefined });
    return pids;
  };
  return { path, hang, heal };
}

const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595">${inside}<text y="40">{{recipient.name}}</text></svg>`;
/** Straight into the page and drawn there, past every check of templates. */
const draw = (pool: BrowserPool, key: string, source: string) =>
  pool.use(key, async (page) => {
    await page.load({ key, mediaType: 'image/svg+xml', source, images: {} }, parseSlots);
    return (await page.page.pdf()).length;
  });

describe('the pages of the browser', () => {
  beforeAll(async () => {
    browserPath = await provideBrowser();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((pool) => pool.close()));
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
    told.length = 0;
  });

  it('are two for print runs and one for calls, and neither kind waits for the other', async () => {
    const pool = await start();
    await untilRenderers(pool, 2);
    const gate = Promise.withResolvers<void>();
    const done: string[] = [];
    const hold = (name: string, page: 'print' | 'call') =>
      pool.use(name, () => gate.promise.then(() => done.push(name)), { page });
    const prints = [hold('one', 'print'), hold('two', 'print'), hold('three', 'print')];
    // Both pages for print runs are taken, and one waits.
    expect(await pool.use('call', async () => 'answered', { page: 'call' })).toBe('answered');
    await untilRenderers(pool, 3);
    expect(done).toEqual([]);
    expect(pool['waiting'].map(({ key }: { key: string }) => key)).toEqual(['three']);
    gate.resolve();
    await Promise.all(prints);

    const second = Promise.withResolvers<void>();
    const calls = [1, 2].map(() => pool.use('call', () => second.promise, { page: 'call' }));
    expect(await pool.use('print', async () => 'printed')).toBe('printed');
    expect(pool['waiting']).toHaveLength(1);
    second.resolve();
    await Promise.all(calls);
  });

  it('are replaced alone when their process ends, also between two runs', async () => {
    const pool = await start();
    const browser = pidOf(pool);
    const until = pool.use('a', (page) => page.page.evaluate(() => new Promise(() => undefined)));
    for (const { pid } of renderers(pool)) process.kill(pid, 'SIGKILL');
    await expect(until).rejects.toThrow(/crash/i);
    expect(await draw(pool, 'a', svg(''))).toBeGreaterThan(0);
    // This one was idle, and nobody hears of it.
    expect(await draw(pool, 'b', svg(''))).toBeGreaterThan(0);
    expect(pidOf(pool)).toBe(browser);
  });

  it('keep nobody waiting for a browser that hangs in its start, and come with the next one', async () => {
    const { path, hang, heal } = hanging();
    const pool = await start({ browserPath: path });
    hang(pool);
    process.kill(-pidOf(pool), 'SIGKILL');
    await waitFor(
      'the end of the first one',
      () => pool.healthy,
      (isHealthy) => !isHealthy,
    );
    const late: unknown = await pool.use('late', async () => 'printed').catch((error: unknown) => error);
    expect(late).toBeInstanceOf(BrowserUnavailable);
    expect(String(late)).toMatch(/browser does not start: it was not ready within 2000 ms.*noSandbox/);
    expect(pool.healthy).toBe(false);
    const pids = heal(pool);
    expect(pids).toHaveLength(1);
    await waitFor(
      'the end of the one that hangs',
      () => sessionMemory(pids[0] ?? 0).length,
      (count) => count === 0,
    );
    expect(await pool.use('again', async () => 'printed')).toBe('printed');
    expect(pool.healthy).toBe(true);
  });

  it('stay with a worn browser while the one that should follow it does not start', async () => {
    const { path, hang, heal } = hanging();
    const pool = await start({ browserPath: path, recycleAfter: 5 });
    const browser = pidOf(pool);
    hang(pool);
    await pool.use('wears it', async () => 'printed', { certificates: 5 });
    const gate = Promise.withResolvers<string>();
    const held = ['one', 'two', 'waits'].map((key) => pool.use(key, () => gate.promise));
    expect(pool['waiting']).toHaveLength(1);
    await pool['replacing'];
    expect(told).toEqual(['the browser could not be replaced']);
    expect(pool.healthy).toBe(true);
    gate.resolve('printed');
    expect(await Promise.all(held)).toEqual(['printed', 'printed', 'printed']);
    expect(pidOf(pool)).toBe(browser);
    expect(heal(pool)).toHaveLength(1);
    // Once it is worn again, the next one is tried.
    await pool.use('wears it', async () => 'printed', { certificates: 5 });
    await pool['replacing'];
    expect(pidOf(pool)).not.toBe(browser);
  });

  it('lose the one that takes memory without end, and no other', async () => {
    const pool = await start({ endAboveBytes: 600 * MIB });
    const browser = pidOf(pool);
    const neighbour = Promise.withResolvers<string>();
    const beside = pool.use('beside', () => neighbour.promise);
    let bomb = `<g id="g0">${'<rect width="1" height="1"/>'.repeat(10)}</g>`;
    for (let level = 1; level < 9; level++)
      bomb += `<g id="g${level}">${`<use href="#g${level - 1}"/>`.repeat(10)}</g>`;
    const failed: unknown = await draw(pool, 'bomb', svg(`<defs>${bomb}</defs><use href="#g8"/>`)).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(PrintOvergrown);
    expect(String(failed)).toMatch(/\d+ MiB of at most 600 MiB\. Look for/);
    neighbour.resolve('undisturbed');
    expect(await beside).toBe('undisturbed');
    expect(await draw(pool, 'after', svg(''))).toBeGreaterThan(0);
    expect(pidOf(pool)).toBe(browser);
    expect(pool['current'].bytes).toBeLessThan(600 * MIB);
  });

  it('move to another browser when theirs has grown, after what they print', async () => {
    const pool = await start({ recycleAboveBytes: 270 * MIB, printTimeoutMs: 60_000 });
    const browser = pidOf(pool);
    const neighbour = Promise.withResolvers<string>();
    const beside = pool.use('beside', () => neighbour.promise);
    const picture = createCanvas(4000, 4000).toDataURL('image/png');
    for (let run = 0; run < 4 && pidOf(pool) === browser; run++) {
      await draw(pool, `big ${run}`, svg(`<image href="${picture}" width="842" height="595" opacity="0.${run + 1}"/>`));
      await pool['replacing'];
    }
    expect(pidOf(pool)).not.toBe(browser);
    expect(told).toEqual(['the browser was replaced']);
    // The old one is there for as long as it prints.
    expect(sessionMemory(browser).length).toBeGreaterThan(0);
    expect(await draw(pool, 'next', svg(''))).toBeGreaterThan(0);
    neighbour.resolve('printed');
    expect(await beside).toBe('printed');
    await waitFor(
      'the end of the old browser',
      () => sessionMemory(browser).length,
      (count) => count === 0,
    );
  });
});
