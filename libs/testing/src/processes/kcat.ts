import { spawnSync } from 'node:child_process';

/** Whether Debian's `kcat` (a client over librdkafka) is there, or apt could bring it just now. */
export function hasKcat(): boolean {
  const isThere = () => spawnSync('kcat', ['-V']).status === 0;
  if (isThere()) return true;
  if (process.getuid?.() !== 0) return false;
  // A machine whose lists are old needs the first call; one without apt fails both.
  spawnSync('apt-get', ['update'], { timeout: 120_000 });
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'kcat'], { timeout: 120_000 });
  return isThere();
}

/** Runs kcat. @returns what it prints @throws with its words when it fails */
export function kcat(args: readonly string[], input?: string | Buffer): string {
  const run = spawnSync('kcat', args, { input, encoding: 'utf8', timeout: 30_000 });
  if (run.status !== 0) throw new Error(`kcat ${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
  return run.stdout;
}
