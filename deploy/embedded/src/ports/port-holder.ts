import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { processCommand } from '../processes/process-command.ts';

const LISTENING = '0A';

/** Who listens on a port, for people: pid and command, or the user where the process is not ours to see. */
export function portHolder(port: number): string {
  const sockets = listeners(port);
  const first = sockets[0];
  if (first === undefined) return 'no listener that can be seen from here (perhaps a connection that still uses it)';
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      for (const descriptor of readdirSync(`/proc/${pid}/fd`)) {
        const target = linkOf(`/proc/${pid}/fd/${descriptor}`);
        if (sockets.some((socket) => target === `socket:[${socket.inode}]`)) {
          return `pid ${pid}: ${processCommand(Number(pid)) ?? 'unknown command'}`;
        }
      }
    } catch {
      // Another user's process, or one that has just ended.
    }
  }
  return `a process of the user with id ${first.uid}, which only that user or root can see (sudo ss -ltnp 'sport = :${port}')`;
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function listeners(port: number): { inode: string; uid: string }[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => {
    let rows: string[];
    try {
      rows = readFileSync(table, 'utf8').split('\n').slice(1);
    } catch {
      return [];
    }
    return rows
      .map((row) => row.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(`:${hex}`) === true && fields[3] === LISTENING)
      .map((fields) => ({ uid: fields[7] ?? '?', inode: fields[9] ?? '' }));
  });
}
