import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { provideBrowser, waitFor } from '@laurel/testing';
import { launch, type Page } from 'puppeteer';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { classic } from '../designs/classic.ts';
import { compileOnce } from '../designs/compile-once.spec.ts';
import { parseSlots } from '../slots/parse-slots.ts';
import { TemplateUnprintable } from '../template/template-unprintable.ts';
import { BrowserUnavailable } from './browser-unavailable.ts';
import { PrintBrowser } from './print-browser.ts';
import { PrintFailed } from '../print/print-failed.ts';
import type { PrintRecord } from '../print/print-record.ts';
import { Renderer } from '../print/renderer.ts';
import type { PrintPage } from '../print/print-page.ts';

let browserPath = '';
const told: string[] = [];
const log = {
  info: (_: object, message: string) => void told.push(message),
  warn: (_: object, message: string) => void told.push(message),
};
const open: Renderer[] = [];

async function start(options: object = {}): Promise<Renderer> {
  const renderer = await Renderer.start({ browserPath, noSandbox: true, log, ...options });
  open.push(renderer);
  return renderer;
}

const records = (count: number): PrintRecord[] =>
  Array.from({ length: count }, (_, at) => ({
    values: { 'recipient.name': `Learner ${at}`, 'achievement.name': 'Data', 'certificate.number': `N-${at}` },
    qr: `https://certs.example.org/v/${at}`,
    title: `Certificate ${at}`,
  }));

/** The process that leads the browser which prints now. */
const pidOf = (renderer: Renderer): number => renderer['pool']['current'].pid;
/** From here on a print run may take so long: compiling takes longer than printing. */
const limit = (renderer: Renderer, printTimeoutMs: number) =>
  Object.assign(renderer['pool']['options'], { printTimeoutMs });
const isBusy = (renderer: Renderer) => renderer['pool']['busy'].size > 0;

/** How many processes there are in the group that this one leads; those that ended and wait for their parent do not count. */
function alive(group: number): number {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const [state, , leader] = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /, '')
        .split(' ');
      return Number(leader) === group && state !== 'Z';
    } catch (error) {
      // It ended while we looked.
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
      throw error;
    }
  }).length;
}

describe('the browser', () => {
  beforeAll(async () => {
    browserPath = await provideBrowser();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((renderer) => renderer.close()));
    told.length = 0;
  });

  it('that is killed in the middle of a print is replaced, and everything is printed', async () => {
    const renderer = await start();
    const plan = await compileOnce(renderer, classic);
    const first = pidOf(renderer);
    const printing = Promise.all([renderer.print(plan, records(50)), renderer.print(plan, records(50))]);
    await waitFor('a print', () => isBusy(renderer), Boolean, { interval: 1 });
    process.kill(-first, 'SIGKILL');
    const runs = await printing;
    expect(runs.map((documents) => documents.length)).toEqual([50, 50]);
    expect(pidOf(renderer)).not.toBe(first);
    expect(renderer.healthy).toBe(true);
    await waitFor(
      'the end of the browser',
      () => alive(first),
      (count) => count === 0,
    );
  });

  it('that hangs is ended after its time and replaced, and everything is printed', async () => {
    const renderer = await start();
    const plan = await compileOnce(renderer, classic);
    limit(renderer, 2500);
    const first = pidOf(renderer);
    process.kill(-first, 'SIGSTOP');
    // One alone: nothing can be halved, so only the second try prints it.
    expect(await renderer.print(plan, records(1))).toHaveLength(1);
    expect(told).toContain('a print run took too long: its browser is ended');
    await waitFor(
      'the end of the browser',
      () => alive(first),
      (count) => count === 0,
    );
  });

  it('is replaced after its number of certificates, while printing goes on', async () => {
    const renderer = await start({ recycleAfter: 20 });
    const plan = await compileOnce(renderer, classic);
    const pids = [pidOf(renderer)];
    for (let run = 0; run < 3; run++) {
      const both = await Promise.all([renderer.print(plan, records(10)), renderer.print(plan, records(10))]);
      expect(both.flat()).toHaveLength(20);
      await waitFor(
        'another browser',
        () => pidOf(renderer),
        (pid) => !pids.includes(pid),
      );
      pids.push(pidOf(renderer));
    }
    const last = pids.pop() ?? 0;
    for (const pid of pids)
      await waitFor(
        'the end of the browser',
        () => alive(pid),
        (count) => count === 0,
      );
    expect(alive(last)).toBeGreaterThan(0);
    await renderer.close();
    expect(alive(last)).toBe(0);
    expect(renderer.healthy).toBe(false);
    await expect(renderer.print(plan, records(1))).rejects.toThrow(BrowserUnavailable);
  });

  it('that no longer prints anything, however often it is replaced, blames no record and no template', async () => {
    let isFrozen = false;
    const freeze = (pid: number | undefined) => process.kill(-(pid ?? 0), 'SIGSTOP');
    const info = ({ pid }: { pid?: number }, message: string) => {
      if (isFrozen && message === 'the browser was replaced') freeze(pid);
    };
    const renderer = await start({ log: { ...log, info } });
    const plan = await compileOnce(renderer, classic);
    // Nothing that is stopped prints within any time.
    limit(renderer, 500);
    isFrozen = true;
    freeze(pidOf(renderer));
    await expect(renderer.print(plan, records(1))).rejects.toThrow(BrowserUnavailable);
    await expect(renderer.compile({ ...classic, source: `${classic.source} ` })).rejects.toThrow(BrowserUnavailable);
    isFrozen = false;
    limit(renderer, 2000);
    await waitFor(
      'documents',
      () => renderer.print(plan, records(2)).catch(() => []),
      ({ length }) => length === 2,
    );
  });

  it('that one record hangs each time prints its neighbours, blames that record alone, and soon knows it', async () => {
    // One of these takes a browser seconds, some builds fewer than others.
    const slow = '<feMorphology operator="dilate" radius="40"/>'.repeat(12);
    const hang = `<filter id="f" x="0" y="0" width="1" height="1"><feTurbulence baseFrequency="0.9" numOctaves="3"/>${slow}</filter>`;
    const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595">${hang}<text y="40">{{recipient.name}}</text><g data-when="claims.hangs"><rect width="842" height="595" filter="url(#f)"/></g></svg>`;
    const renderer = await start();
    // The check refuses such filters: this is the plan of a template that hides them better.
    const calm = source.replace(hang, '').replace(' filter="url(#f)"', '');
    const { layers, ...whole } = await renderer.compile({ mediaType: 'image/svg+xml', source: calm });
    expect(layers).toBeDefined();
    const plan = { ...whole, key: 'hides', mode: 'whole' as const, source };
    limit(renderer, 4000);
    const run = records(25).map((one, at) =>
      at === 17 ? { ...one, values: { ...one.values, 'claims.hangs': 'yes' } } : one,
    );
    const failed: unknown = await renderer.print(plan, run).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(PrintFailed);
    const { failures, printed } = failed as PrintFailed;
    expect(failures.map(({ index, reason }) => [index, reason])).toEqual([[17, 'timeout']]);
    expect(printed.map((pdf) => pdf !== undefined)).toEqual(run.map((_, at) => at !== 17));
    // All of them, a part, and twice the culprit alone; a busy machine may add one. Halves would be twice all, four parts, and those two.
    const late = told.filter((message) => message === 'a print run took too long: its browser is ended');
    expect(late.length).toBeLessThan(7);
  });

  it('that does not load a template blames the template, once it has printed a page of ours', async () => {
    const renderer = await start();
    // Past the check, which knows all that we know no browser to load.
    const broken = { key: 'broken', mediaType: 'image/svg+xml' as const, source: '<svg', images: {} };
    const loading = renderer['load'](broken, (page: PrintPage) => page.load(broken, parseSlots));
    await expect(loading).rejects.toThrow(TemplateUnprintable);
  });

  it('that is none is named with what mends it', async () => {
    await expect(start({ browserPath: '/bin/false' })).rejects.toThrow(/\/bin\/false does not start.*noSandbox/);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('ends with a service that ends by %s', async (signal) => {
    const code = `import { Renderer } from ${JSON.stringify(new URL('../print/renderer.ts', import.meta.url).href)};
      const quiet = { info() {}, warn() {} };
      const renderer = await Renderer.start({ browserPath: ${JSON.stringify(browserPath)}, noSandbox: true, log: quiet });
      console.log(renderer.pool.current.pid);
      setInterval(() => {}, 1000);`;
    const loader = new URL('../../../../tools/ts.mjs', import.meta.url).href;
    const root = fileURLToPath(new URL('../../../../', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--conditions=@laurel/source', '--import', loader, '--input-type=module', '-e', code],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await waitFor(
      'the browser of the service',
      () => said,
      (text) => /^\d+\n/.test(text),
    );
    const pid = Number(said);
    expect(alive(pid)).toBeGreaterThan(0);
    child.kill(signal);
    await waitFor(
      'the end of the browser',
      () => alive(pid),
      (count) => count === 0,
      { timeout: 15_000 },
    );
  });

  it('reaches nothing from a page, however hostile', async () => {
    const hits: string[] = [];
    const server = createServer((request, response) => {
      hits.push(request.url ?? '');
      response.end();
    });
    server.on('upgrade', (request, socket) => {
      hits.push(request.url ?? '');
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // Without the policy and with scripts on: the walls of the browser have to hold alone.
    const hostile = (who: string) => `<!doctype html><html><head>
<link rel="stylesheet" href="${home}/${who}/link"><link rel="prefetch" href="${home}/${who}/prefetch"><link rel="icon" href="${home}/${who}/icon">
<style>@import "${home}/${who}/import"; @font-face{font-family:f;src:url(${home}/${who}/font)} p{font-family:f;background:url(${home}/${who}/background)}</style></head>
<body><p>text</p><img src="${home}/${who}/img"><iframe src="${home}/${who}/iframe"></iframe><object data="${home}/${who}/object"></object><embed src="${home}/${who}/embed">
<svg><image href="${home}/${who}/image"/><use href="${home}/${who}/use#a"/></svg><video src="${home}/${who}/video"></video>
<script>fetch('${home}/${who}/fetch').catch(()=>{});new WebSocket('${home.replace('http', 'ws')}/${who}/socket');navigator.sendBeacon('${home}/${who}/beacon')</script>
<meta http-equiv="refresh" content="0;url=${home}/${who}/refresh"></body></html>`;
    const show = async (page: Page, who: string) => {
      await page.setContent(hostile(who), { waitUntil: 'domcontentloaded' }).catch(() => undefined);
    };
    const walled = await PrintBrowser.start({ browserPath, noSandbox: true, log });
    const printPage = (await walled.seats[0]?.open())?.page;
    const second = await printPage?.browser().newPage();
    if (printPage === undefined || second === undefined) throw new Error('The browser has no page.');
    await show(printPage, 'walled');
    await show(second, 'walled-with-scripts');
    const control = await launch({
      executablePath: browserPath,
      headless: 'shell',
      pipe: true,
      args: ['--no-sandbox'],
    });
    await show(await control.newPage(), 'control');
    const ways = ['link', 'import', 'img', 'iframe', 'fetch', 'socket', 'image', 'background', 'refresh'];
    await waitFor(
      'what a browser without walls reaches',
      () => ways.filter((way) => !hits.includes(`/control/${way}`)),
      (missing) => missing.length === 0,
    );
    expect(hits.filter((path) => path.startsWith('/walled'))).toEqual([]);
    await control.close();
    await walled.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
