import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { environment } from '../environment.ts';
import { DevtoolsPipe } from './devtools-pipe.ts';

const PAGE = 'data:text/html,<p>laurel</p>';

/**
 * Lets the browser at this path print a page to PDF, which is what Laurel needs it for; gives undefined where it does, else what
 * went wrong in words.
 */
export async function checkChromium(path: string, timeoutMs = 20_000): Promise<string | undefined> {
  const profile = mkdtempSync(join(tmpdir(), 'laurel-chromium-'));
  const args = [
    ...[
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-dev-shm-usage',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
    ],
    // As root the browser refuses to start with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const browser = spawn(path, args, {
    // Descriptors 3 and 4 are the pipe of the DevTools protocol: no port that others could connect to.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...environment().inherited, HOME: profile },
    detached: true,
  });
  let complaints = '';
  browser.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')));
  const ended = new Promise<string>((resolve) => {
    browser.once('error', (error) => resolve(error.message));
    browser.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  const timer = Promise.withResolvers<string>();
  const timeout = setTimeout(() => timer.resolve(`it printed nothing in ${timeoutMs} ms`), timeoutMs);
  const [, , , toBrowser, fromBrowser] = browser.stdio as unknown as [null, null, Readable, Writable, Readable];
  const printed = prints(new DevtoolsPipe(toBrowser, fromBrowser)).then(
    () => undefined,
    (error: Error) => error.message,
  );
  const problem = await Promise.race([printed, ended, timer.promise]);
  clearTimeout(timeout);
  if (browser.pid !== undefined && browser.exitCode === null && browser.signalCode === null) {
    // Its own group: the renderers end with it.
    process.kill(-browser.pid, 'SIGKILL');
    await once(browser, 'exit');
  }
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  return problem === undefined ? undefined : [problem, ...complaints.trim().split('\n').slice(-5)].join('\n').trim();
}

async function prints(browser: DevtoolsPipe): Promise<void> {
  const { targetId } = await browser.call('Target.createTarget', { url: PAGE });
  const { sessionId } = await browser.call('Target.attachToTarget', { targetId, flatten: true });
  const { data } = await browser.call('Page.printToPDF', {}, String(sessionId));
  if (!Buffer.from(String(data), 'base64').subarray(0, 5).equals(Buffer.from('%PDF-')))
    throw new Error('What it printed is no PDF.');
}
