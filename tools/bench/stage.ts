import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StageOptions, StageReport } from './stage-options.ts';

const script = fileURLToPath(new URL('./stage-process.ts', import.meta.url));

/** One stage, running as a process of its own on the compiled libraries. */
export class Stage {
  /** Resolves when the stage has handled all its records. */
  readonly done: Promise<StageReport>;

  private constructor(private readonly child: ChildProcess) {
    this.done = new Promise((resolve, reject) => {
      child.on('message', (message) => {
        if (typeof message === 'object') resolve(message as StageReport);
      });
      child.once('exit', (code) => reject(new Error(`A stage ended early, with ${code}`)));
    });
    this.done.catch(() => undefined);
  }

  /** Starts a stage and waits until it has joined. */
  static async start(options: StageOptions): Promise<Stage> {
    const child = fork(script, [JSON.stringify(options)], { execArgv: ['--import', './tools/ts.mjs'] });
    const stage = new Stage(child);
    await Promise.race([once(child, 'message'), stage.done]);
    return stage;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
