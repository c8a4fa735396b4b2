import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideBrowser } from '@laurel/testing';
import { expect, it } from 'vitest';

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  readonly media?: 'print';
  readonly language?: string;
}

/**
 * A tab of a real browser, driven over its own protocol: the library that drives it elsewhere is the renderer's alone, and
 * what is looked at here needs a handful of commands.
 */
export class BrowserTab {
  private last = 0;
  private readonly asked = new Map<number, (answer: Answer) => void>();
  private readonly heard = new Map<string, () => void>();

  private constructor(
    private readonly browser: ChildProcess,
    private readonly folder: string,
    private readonly socket: WebSocket,
  ) {
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.asked.get(answer.id)?.(answer);
      else if (answer.method !== undefined) this.heard.get(answer.method)?.();
    });
  }

  static async open(): Promise<BrowserTab> {
    const folder = mkdtempSync(join(tmpdir(), 'laurel-tab-'));
    const flags = ['--headless', '--no-sandbox', '--disable-dev-shm-usage', '--hide-scrollbars', '--disable-gpu'];
    const browser = spawn(
      await provideBrowser(),
      [...flags, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const port = await new Promise<string>((resolve, reject) => {
      let told = '';
      browser.stderr.on('data', (part: Buffer) => {
        told += part.toString();
        const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(told)?.[1];
        if (found !== undefined) resolve(found);
      });
      browser.once('exit', () => {
        reject(new Error(`The browser ended before it listened: ${told}`));
      });
    });
    const pages = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
      type: string;
      webSocketDebuggerUrl: string;
    }[];
    const socket = new WebSocket(pages.find(({ type }) => type === 'page')!.webSocketDebuggerUrl);
    await once(socket, 'open');
    const tab = new BrowserTab(browser, folder, socket);
    await tab.send('Page.enable');
    return tab;
  }

  /** Opens a page, and waits until all of it is there. */
  async show(url: string, { width, height, scheme = 'light', media, language = 'en' }: View): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
    await this.send('Emulation.setDeviceMetricsOverride', metrics);
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.send('Emulation.setEmulatedMedia', { media: media ?? '', features });
    const { userAgent } = await this.send('Browser.getVersion');
    await this.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: language });
    const loaded = new Promise<void>((resolve) => this.heard.set('Page.loadEventFired', resolve));
    await this.send('Page.navigate', { url });
    await loaded;
  }

  /** Puts a file into the field of a form, as its reader does. */
  async choose(selector: string, path: string): Promise<void> {
    const { result } = await this.send('Runtime.evaluate', { expression: `document.querySelector('${selector}')` });
    await this.send('DOM.setFileInputFiles', { files: [path], objectId: (result as { objectId: string }).objectId });
  }

  /** Clicks what leads to another page, and waits until all of that is there. */
  async follow(selector: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => this.heard.set('Page.loadEventFired', resolve));
    await this.evaluate(`document.querySelector('${selector}').click()`);
    await loaded;
  }

  /** What an expression, or the promise that it is, comes to in the page; its Content-Security-Policy does not hold for us. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const options = { awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, ...options });
    if (exceptionDetails) throw new Error(`In the page: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value: Value }).value;
  }

  /** A PNG of the page; of all of it, however long it is. */
  async picture(isWhole = true): Promise<Buffer> {
    const { data } = await this.send('Page.captureScreenshot', { captureBeyondViewport: isWhole });
    return Buffer.from(String(data), 'base64');
  }

  /** The page as its reader prints it, a PDF on A4. */
  async printed(): Promise<Buffer> {
    const { data } = await this.send('Page.printToPDF', { paperWidth: 8.27, paperHeight: 11.69 });
    return Buffer.from(String(data), 'base64');
  }

  async close(): Promise<void> {
    this.socket.close();
    const ended = once(this.browser, 'exit');
    this.browser.kill('SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.last;
    const answered = new Promise<Answer>((resolve) => this.asked.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params }));
    const { result = {}, error } = await answered;
    this.asked.delete(id);
    if (error) throw new Error(`The browser refuses ${method}: ${error.message}`);
    return result;
  }
}

it('says what went wrong in a page', async () => {
  const tab = await BrowserTab.open();
  try {
    expect(await tab.evaluate('Promise.resolve(6 * 7)')).toBe(42);
    await expect(tab.evaluate('nothing.there')).rejects.toThrow('nothing is not defined');
  } finally {
    await tab.close();
  }
});
