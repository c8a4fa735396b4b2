import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { provideBrowser } from '@laurel/testing';
import { type Browser, launch, type Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTemplate } from '../page/load-template.ts';
import { Renderer } from '../print/renderer.ts';
import { checkTemplate } from './check-template.ts';
import type { HostileTemplate } from './hostile-template.ts';
import { hostileTemplates } from './hostile-templates.ts';
import { TemplateRefused } from './template-refused.ts';

const quiet = { info: () => undefined, warn: () => undefined };
const record = { values: { 'recipient.name': 'Ada' }, qr: 'https://certs.example.org/v/1', title: 'A' };

describe('hostile templates in the browser', () => {
  let server: Server;
  let origin = '';
  const hits: string[] = [];
  let all: HostileTemplate[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      hits.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    all = hostileTemplates(origin);
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('that are let in print as they are', async () => {
    const renderer = await Renderer.start({ browserPath: await provideBrowser(), noSandbox: true, log: quiet });
    const letIn = all.filter((template) => TemplateRefused.of(checkTemplate(template)) === undefined);
    try {
      const failed: string[] = [];
      for (const template of letIn)
        await renderer
          .preview(template, record)
          .catch((error: unknown) => failed.push(`${template.name}: ${String(error)}`));
      expect(failed).toEqual([]);
      expect(letIn.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['slot in CDATA', 'attribute of two megabytes', 'spaces in url()', 'name of an object']),
      );
      const refused = all.find(({ name }) => name === 'turbulence') ?? record;
      await expect(renderer.compile(refused as HostileTemplate)).rejects.toThrow(TemplateRefused);
    } finally {
      await renderer.close();
    }
    expect(hits).toEqual([]);
  });

  describe('past the check, in a browser without any other wall', () => {
    let browser: Browser;
    let page: Page;
    beforeAll(async () => {
      browser = await launch({
        executablePath: await provideBrowser(),
        headless: 'shell',
        pipe: true,
        args: ['--no-sandbox', '--disable-gpu'],
      });
      page = await browser.newPage();
      await page.setContent('<!doctype html><html><head></head><body></body></html>');
    });
    afterAll(() => browser.close());

    it('are cleaned of all that would fetch or run', async () => {
      const reaching = all.filter(({ source }) => source.includes(origin) || source.includes(origin.slice(5)));
      expect(reaching.length).toBeGreaterThan(60);
      const uncleaned: { name: string; left: string[] }[] = [];
      for (const { name, source, mediaType } of reaching) {
        // Some are no document at all.
        await page
          .evaluate(loadTemplate, source, mediaType)
          .catch((error: unknown) => expect(String(error), name).toMatch(/well-formed|of null/));
        const left = await page.evaluate((origin: string) => {
          const found: string[] = [];
          for (const element of document.querySelectorAll('.laurel-page, .laurel-page *'))
            for (const { name, value } of element.attributes)
              if (value.includes(origin) || /^on/i.test(name)) found.push(`${element.localName} ${name}=${value}`);
          return found;
        }, origin);
        if (left.length > 0) uncleaned.push({ name, left });
      }
      expect(uncleaned).toEqual([]);
      // One that does reach it, so that an empty list of hits means something.
      await page.evaluate((origin: string) => {
        const image = new Image();
        image.src = `${origin}/seen`;
        return image.decode().catch(() => undefined);
      }, origin);
      expect(hits).toEqual(['/seen']);
    });
  });
});
