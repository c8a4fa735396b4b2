import { spawnSync } from 'node:child_process';

/** Runs kcat. @returns what it prints @throws with its words when it fails */
export function kcat(args: readonly string[], input?: string | Buffer): string {
  const run = spawnSync('kcat', args, { input, encoding: 'utf8', timeout: 30_000 });
  if (run.status !== 0) throw new Error(`kcat ${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
  return run.stdout;
}
