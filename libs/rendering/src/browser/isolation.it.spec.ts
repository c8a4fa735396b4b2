import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provideBrowser, waitFor } from '@laurel/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserAccount } from './browser-account.ts';
import { PrintBrowser } from './print-browser.ts';
import { sessionMemory } from './session-memory.ts';

const isRoot = process.getuid?.() === 0;
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const quiet = { info: () => undefined, warn: () => undefined };
let browserPath = '';
let folder = '';
const services: ChildProcess[] = [];

/** A service in small: it holds a secret, a connection and an inherited file, and starts a Renderer. It says the pids of the browser and the inode of its connection. */
function startService(path: string, port: number): { child: ChildProcess; said: () => string } {
  const code = `import { readlinkSync } from 'node:fs';
    import { connect } from 'node:net';
    import { Renderer } from ${JSON.stringify(new URL('../print/renderer.ts', import.meta.url).href)};
    const socket = connect(${port}, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const inode = readlinkSync('/proc/self/fd/' + socket._handle.fd);
    const log = { info() {}, warn() {} };
    const renderer = await Renderer.start({ browserPath: ${JSON.stringify(path)}, noSandbox: true, log });
    console.log(renderer.pool.current.pid + ' ' + inode);
    setInterval(() => {}, 1000);`;
  const loader = new URL('../../../../tools/ts.mjs', import.meta.url).href;
  const inherited = openSync(join(folder, 'key'), 'r');
  const child = spawn(
    process.execPath,
    ['--conditions=@laurel/source', '--import', loader, '--input-type=module', '-e', code],
    {
      cwd: root,
      env: { PATH: '/usr/bin:/bin', DATABASE_PASSWORD: 'the-secret-of-the-parent' },
      // As if whoever started the service had been careless. Node itself sees to the first few.
      stdio: ['ignore', 'pipe', 'inherit', ...Array.from({ length: 37 }, () => 'ignore' as const), inherited],
    },
  );
  closeSync(inherited);
  services.push(child);
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text };
}

/** What is read of a process or of what it has open; nothing where that has ended while we looked. */
function unlessEnded<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

const descriptors = (pid: number) =>
  readdirSync(`/proc/${pid}/fd`).map((fd) => unlessEnded(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? '');

describe('the isolation of the browser', () => {
  let server: Server;
  beforeAll(async () => {
    browserPath = await provideBrowser();
    folder = mkdtempSync(join(tmpdir(), 'laurel-isolation-'));
    chmodSync(folder, 0o777);
    writeFileSync(join(folder, 'key'), 'the-master-key', { mode: 0o600 });
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    for (const service of services.splice(0)) service.kill('SIGKILL');
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  it('gives a program in the place of the browser no key, no environment and no connection of the service', async () => {
    const report = join(folder, 'report');
    const spy = join(folder, 'spy');
    const script = `#!/bin/sh
exec >${report} 2>&1
echo "user $(id -u) groups $(id -G)"
echo "session $(ps -o sid= -p $$) of $$"
tr '\\0' '\\n' </proc/$$/environ | sed 's/^/environment /'
ls -l /proc/$$/fd
echo the-end-of-the-list
cat ${join(folder, 'key')}
tr '\\0' '\\n' </proc/$PPID/environ
ls /proc/$PPID/fd
exec '${browserPath}' "$@"
`;
    writeFileSync(spy, script, { mode: 0o755 });
    const { child, said } = startService(spy, (server.address() as AddressInfo).port);
    const [pid = '', connection = ''] = (await waitFor('the browser', said, (text) => text.endsWith('\n')))
      .trim()
      .split(' ');
    const text = readFileSync(report, 'utf8');
    const lines = (start: string) =>
      text.split('\n').flatMap((line) => (line.startsWith(`${start} `) ? [line.slice(start.length + 1)] : []));
    expect(lines('environment').map((line) => line.split('=')[0])).toEqual(['HOME', 'TMPDIR', 'FONTCONFIG_FILE']);
    const home = lines('environment')[0]?.slice('HOME='.length) ?? '';
    expect(home).toMatch(/laurel-browser-[^/]+\/home$/);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    // The shell holds its script open while it reads it.
    const open = [...(text.split('the-end-of-the-list')[0]?.matchAll(/ (\d+) -> (.*)$/gm) ?? [])]
      .map(([, number, target]) => `${number} ${target}`)
      .filter((line) => !line.endsWith(spy));
    const given = open.filter((line) => Number(line.split(' ')[0]) < 5);
    expect(given.map((line) => line.split(' ')[0])).toEqual(['0', '1', '2', '3', '4']);
    expect(given.join()).not.toContain(connection);
    const others = open.filter((line) => !given.includes(line));
    expect(others).toContain('40 /dev/null');
    expect(others.filter((line) => !line.endsWith(' /dev/null'))).toEqual([]);
    expect(lines('session').join()).toMatch(/^\s*(\d+) of \1$/);
    // Not by the browser either, nor by what it started.
    const looked = sessionMemory(Number(pid)).flatMap((each) => {
      const open = unlessEnded(() => descriptors(each.pid)) ?? [];
      const environment = unlessEnded(() => readFileSync(`/proc/${each.pid}/environ`, 'latin1')) ?? '';
      return open.length > 0 && environment !== '' ? [{ open, environment }] : [];
    });
    expect(looked.length).toBeGreaterThan(3);
    for (const { open: own, environment } of looked) {
      expect(own).not.toContain(connection);
      expect(own).not.toContain(join(folder, 'key'));
      expect(environment).not.toContain('the-secret');
    }
    expect(descriptors(child.pid ?? 0)).toEqual(expect.arrayContaining([connection, join(folder, 'key')]));
    if (isRoot) {
      expect(lines('user')).toEqual(['65521 groups 65521']);
      expect(text).not.toContain('the-master-key');
      expect(text).not.toContain('the-secret');
      expect(text.match(/Permission denied/g)?.length).toBeGreaterThanOrEqual(3);
    } else {
      // An ordinary user has no second account to give; then the browser's sandbox is what stands between.
      expect(lines('user').join()).toContain(`${process.getuid?.()} groups`);
    }
    child.kill('SIGKILL');
    await waitFor(
      'the end of the browser',
      () => sessionMemory(Number(pid)).length,
      (count) => count === 0,
    );
  });

  it('runs in its sandbox wherever there are user namespaces, and nowhere without it unless told so', async () => {
    const account = isRoot ? { uid: 65521, gid: 65521 } : {};
    const hasNamespaces = spawnSync('unshare', ['--user', 'true'], account).status === 0;
    const browser = await PrintBrowser.start({ browserPath, log: quiet }).catch((error: Error) => error);
    if (browser instanceof Error) {
      expect(hasNamespaces).toBe(false);
      expect(browser.message).toMatch(/does not start.*noSandbox/);
      return;
    }
    expect(hasNamespaces).toBe(true);
    const space = (pid: number, name: string) => readlinkSync(`/proc/${pid}/ns/${name}`);
    const look = (pid: number) => {
      const isRenderer = readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer');
      if (!isRenderer) return [];
      const seccomp = /^Seccomp:\t(\d)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
      return [{ spaces: [space(pid, 'pid'), space(pid, 'net')], seccomp }];
    };
    // Of each that lives on: the process of a page that was closed ends a moment later, perhaps in the middle of a look.
    const renderers = sessionMemory(browser.pid).flatMap(({ pid }) => unlessEnded(() => look(pid)) ?? []);
    expect(renderers.length).toBeGreaterThanOrEqual(2);
    for (const { spaces, seccomp } of renderers) {
      // Each sees no process but its own, and no network at all.
      expect(spaces[0]).not.toBe(space(process.pid, 'pid'));
      expect(spaces[1]).not.toBe(space(process.pid, 'net'));
      expect(seccomp).toBe('2');
    }
    await browser.close();
  });

  it('says what stands in the way of an account of its own', () => {
    const closed = join(folder, 'key');
    const account = browserAccount([browserPath, closed]);
    if (isRoot) expect(account).toEqual({ id: undefined, kept: expect.stringContaining(`may not read ${closed}`) });
    else expect(account).toEqual({ id: undefined });
  });

  it('keeps root for the browser only where that is asked for, and says so', async () => {
    const hidden = join(folder, 'hidden');
    const script = `#!/bin/sh\nexec '${browserPath}' "$@"\n`;
    writeFileSync(hidden, script, { mode: isRoot ? 0o700 : 0o755 });
    const told: object[] = [];
    const log = { info: () => undefined, warn: (facts: object) => void told.push(facts) };
    const refused = PrintBrowser.start({ browserPath: hidden, log, noSandbox: false });
    if (isRoot) await expect(refused).rejects.toThrow(`may not read ${hidden}`);
    else await refused.then((browser) => browser.close()).catch(() => undefined);
    const browser = await PrintBrowser.start({ browserPath: hidden, log, noSandbox: true });
    const { uid } = statSync(`/proc/${browser.pid}`);
    expect(uid).toBe(process.getuid?.());
    expect(told).toHaveLength(isRoot ? 1 : 0);
    await browser.close();
  });

  it('clears away what a killed service left, and nothing of a living one', async () => {
    const living = await PrintBrowser.start({ browserPath, noSandbox: true, log: quiet });
    const { child, said } = startService(browserPath, (server.address() as AddressInfo).port);
    const pid = Number((await waitFor('the browser', said, (text) => text.endsWith('\n'))).split(' ')[0]);
    const home = (of: number) => {
      const variables = readFileSync(`/proc/${of}/environ`, 'latin1').split('\0');
      return dirname(variables.find((variable) => variable.startsWith('HOME='))?.slice('HOME='.length) ?? '');
    };
    const [left, kept] = [home(pid), home(living.pid)];
    // A browser that hangs does not notice that nobody is there any more.
    process.kill(-pid, 'SIGSTOP');
    child.kill('SIGKILL');
    await waitFor(
      'the end of the service',
      () => child.signalCode,
      (signal) => signal === 'SIGKILL',
    );
    expect(sessionMemory(pid).length).toBeGreaterThan(0);
    const folders = () => readdirSync(tmpdir()).map((name) => join(tmpdir(), name));
    expect(folders()).toEqual(expect.arrayContaining([left, kept]));
    const { Renderer } = await import('../print/renderer.ts');
    const renderer = await Renderer.start({ browserPath, noSandbox: true, log: quiet });
    await waitFor(
      'the end of the browser',
      () => sessionMemory(pid).length,
      (count) => count === 0,
    );
    expect(folders()).not.toContain(left);
    expect(folders()).toContain(kept);
    expect(living.alive).toBe(true);
    await Promise.all([renderer.close(), living.close()]);
    expect(folders()).not.toContain(kept);
  });
});
