import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Nobody has this id: not the accounts of a host, and not `nobody` either, whose other processes could look into the browser. Containers map it. */
const UNPRIVILEGED = 65521;

// capabilities(7): what it takes to start, end and clear away a process of another account.
const CAPABILITIES = { CHOWN: 0, DAC_OVERRIDE: 1, KILL: 5, SETGID: 6, SETUID: 7 };

/** Whom the browser runs as. */
export interface BrowserAccount {
  /** User and group id; undefined is the account of this process. */
  readonly id: number | undefined;
  /** Why a process of root keeps its account for the browser. */
  readonly kept?: string;
}

/**
 * The account for a browser that needs these files: an unprivileged one where this process is root, else its own. Where root cannot give it another, `kept`
 * says why and what mends it.
 */
export function browserAccount(paths: readonly string[]): BrowserAccount {
  if (process.getuid?.() !== 0) return { id: undefined };
  const kept = obstacle(paths);
  return kept === undefined ? { id: UNPRIVILEGED } : { id: undefined, kept };
}

function obstacle(paths: readonly string[]): string | undefined {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]}`);
  const missing = Object.entries(CAPABILITIES).filter(([, bit]) => ((effective >> BigInt(bit)) & 1n) === 0n);
  if (missing.length > 0)
    return `root lacks the capabilities ${missing.map(([name]) => name).join(', ')} here. Give them, or start the service as an ordinary user`;
  const isMapped = readFileSync('/proc/self/uid_map', 'latin1')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .some(([first = 0, , count = 0]) => UNPRIVILEGED >= first && UNPRIVILEGED < first + count);
  if (!isMapped)
    return `this user namespace has no user ${UNPRIVILEGED}. Map it, or start the service as an ordinary user`;
  const closed = paths.flatMap(steps).find(([path, right]) => (statSync(path).mode & right) !== right)?.[0];
  if (closed !== undefined)
    return `other users may not read ${closed}. Let them (chmod o+rx), or keep Laurel where they may`;
  return undefined;
}

/** A file and all its folders, with the rights that others need: to read and execute it, and to pass. */
function steps(path: string): [string, number][] {
  const file = realpathSync(path);
  const folders: [string, number][] = [];
  for (let folder = dirname(file); folders.at(-1)?.[0] !== folder; folder = dirname(folder))
    folders.push([folder, 0o1]);
  return [[file, 0o5], ...folders];
}
