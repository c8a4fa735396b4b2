import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { provideBrowser, waitFor } from '@laurel/testing';
import { launch, type Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSlots } from '../slots/parse-slots.ts';
import type { HostileTemplate } from '../template/hostile-template.ts';
import { hostileTemplates } from '../template/hostile-templates.ts';
import { BrowserPool } from './browser-pool.ts';
import { PrintOvergrown } from './print-overgrown.ts';
import { PrintTimeout } from './print-timeout.ts';

const quiet = { info: () => undefined, warn: () => undefined };
let browserPath = '';
let server: Server;
let origin = '';
/** Connections and requests, of whatever kind. */
let hits = 0;

/** Those that try to reach something; what only costs is another matter. */
const leading = () => hostileTemplates(origin).filter(({ source }) => source.includes(origin.slice('http:'.length)));

/** What the template is as a document of its own, with nothing taken out. */
const show = async (page: Page, { source, mediaType }: HostileTemplate) => {
  const content = mediaType === 'text/html' ? source : `<!doctype html><body>${source}</body>`;
  await page.setContent(content, { waitUntil: 'domcontentloaded', timeout: 2000 }).catch(() => undefined);
};

describe('hostile templates that no check has seen', () => {
  beforeAll(async () => {
    browserPath = await provideBrowser();
    server = createServer((_, response) => {
      hits++;
      response.end();
    });
    server.on('connection', () => hits++);
    server.on('upgrade', (_, socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('reach nothing from the page that prints them, neither cleaned nor as they are', async () => {
    expect(leading().length).toBeGreaterThan(50);
    const pool = await BrowserPool.start({ browserPath, noSandbox: true, log: quiet });
    for (const template of leading()) {
      const key = template.name;
      await pool
        .use(key, async (page) => {
          await page.load({ key, mediaType: template.mediaType, source: template.source, images: {} }, parseSlots);
          await page.page.pdf();
        })
        // Some are too broken to load.
        .catch(() => undefined);
      await pool.use(key, async (page) => {
        await show(page.page, template);
        page.forget();
      });
    }
    // With scripts, online and without the policy of our page: what is left are the walls of the browser.
    const bare = await pool['current']['process'].browser.newPage();
    for (const template of leading()) await show(bare, template);
    expect(hits).toBe(0);
    await pool.close();

    const control = await launch({
      executablePath: browserPath,
      headless: 'shell',
      pipe: true,
      args: ['--no-sandbox'],
    });
    const page = await control.newPage();
    for (const template of leading()) await show(page, template);
    await waitFor(
      'what a browser without walls reaches',
      () => hits,
      (count) => count > 20,
    );
    await control.close();
  });

  it('end by a limit where they would draw without end', async () => {
    const limits = { printTimeoutMs: 1500, endAboveBytes: 500 * 2 ** 20 };
    const pool = await BrowserPool.start({ browserPath, noSandbox: true, log: quiet, ...limits });
    const ends: string[] = [];
    for (const { name, mediaType, source } of hostileTemplates(origin)) {
      if (!['use of use', 'turbulence', 'a path of megabytes, copied'].includes(name)) continue;
      const failed: unknown = await pool
        .use(name, async (page) => {
          await page.load({ key: name, mediaType, source, images: {} }, parseSlots);
          return (await page.page.pdf()).length;
        })
        .catch((error: unknown) => error);
      ends.push(name);
      expect(failed instanceof PrintTimeout || failed instanceof PrintOvergrown, `${name} ends by a limit`).toBe(true);
    }
    expect(ends).toHaveLength(3);
    // And the next one prints.
    const good = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"><text y="40">A</text></svg>';
    const printed = await pool.use('good', async (page) => {
      await page.load({ key: 'good', mediaType: 'image/svg+xml', source: good, images: {} }, parseSlots);
      return (await page.page.pdf()).length;
    });
    expect(printed).toBeGreaterThan(0);
    await pool.close();
  });
});
