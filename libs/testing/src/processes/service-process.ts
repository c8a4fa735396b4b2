import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitFor } from '../waiting/wait-for.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

const fromSource = ['--conditions=@laurel/source', '--import', './tools/ts.mjs'];

/** What this process has compiled, its services need not compile again; where it keeps nothing, neither do they. */
function compileCache(): { NODE_COMPILE_CACHE?: string } {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

/** One process of one service, run from its sources (or as built), that a test may kill, stop and continue. */
export class ServiceProcess {
  private readonly lines: string[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(
    readonly app: string,
    environment: Readonly<Record<string, string>>,
    args: readonly string[] = [],
    compiled = false,
  ) {
    this.child = spawn(
      process.execPath,
      [...(compiled ? [`apps/${app}/dist/main.js`] : [...fromSource, `apps/${app}/src/main.ts`]), ...args],
      { cwd: root, env: { ...compileCache(), ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.ended = once(this.child, 'exit');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.lines.push(text));
    }
  }

  get output(): string {
    return this.lines.join('');
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.app} did not start`);
    return this.child.pid;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Sends a signal to this process alone. */
  signal(signal: NodeJS.Signals): void {
    if (!this.hasEnded) this.child.kill(signal);
  }

  /** Waits for the end. @returns the exit code, or the signal that ended it */
  async end(timeout = 30_000): Promise<number | string> {
    await waitFor(`${this.app} to end\n${this.output}`, () => this.hasEnded, Boolean, { timeout });
    await this.ended;
    return this.child.exitCode ?? this.child.signalCode ?? 'unknown';
  }

  /** Waits until the process stands still by SIGSTOP. */
  async stopped(timeout = 30_000): Promise<void> {
    await waitFor(
      `${this.app} to be stopped\n${this.output}`,
      () => this.kernelState(),
      (state) => state === 'T',
      { timeout },
    );
  }

  /** SIGTERM, and SIGKILL if it does not end. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    try {
      await this.end(12_000);
    } finally {
      this.signal('SIGKILL');
    }
  }

  private kernelState(): string {
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  }
}
