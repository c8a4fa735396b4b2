import { chownSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { environment } from '../environment.ts';
import { Failure } from '../failure.ts';
import { findProgram } from '../processes/find-program.ts';

// "nobody" on every Linux.
const NOBODY = 65_534;

// CAP_DAC_READ_SEARCH, see capabilities(7). Containers often take it away and leave CAP_DAC_OVERRIDE, which does more.
const READ_SEARCH = 2n;

/** Who runs the server: `prefix` stands before its command, `uid` and `gid` go to spawn. */
type ServerUser = { prefix: readonly string[]; uid?: number; gid?: number };

/**
 * PostgreSQL refuses to run as root, so root hands it to the user "nobody", who gets the folder. Below a folder that nobody may
 * enter (a clone in /root, say) the server keeps one capability, to pass through folders; else it could not reach its own files.
 */
export async function serverUser(folder: string, binary: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  chownSync(folder, NOBODY, NOBODY);
  const closed = [...parents(folder), ...parents(binary)].find((path) => (statSync(path).mode & 0o001) === 0);
  if (closed === undefined) return { prefix: [], uid: NOBODY, gid: NOBODY };
  const setpriv = await findProgram(environment().inherited, 'setpriv');
  if (setpriv === undefined) {
    throw new Failure(
      `PostgreSQL does not run as root, and the user "nobody" may not enter ${closed}.`,
      `Either: chmod o+x ${closed}, or clone to another folder, or start as an ordinary user.`,
    );
  }
  const capability = mayKeep(READ_SEARCH) ? '+dac_read_search' : '+dac_override';
  return {
    prefix: [
      setpriv,
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      '--clear-groups',
      // initdb looks at its binaries with access(2), which without this ignores capabilities.
      '--securebits=+no_setuid_fixup',
      `--inh-caps=${capability}`,
      `--ambient-caps=${capability}`,
      '--',
    ],
  };
}

function mayKeep(capability: bigint): boolean {
  const bounds = /CapBnd:\s*([0-9a-f]+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${bounds}`) >> capability) & 1n) === 1n;
}

function parents(path: string): string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...parents(above)];
}
