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
