import { readFileSync } from 'node:fs';

/** The command line of a process for people to read, cut to 160 characters; undefined where it is gone. */
export function processCommand(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const command = line === '' ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim() : line;
    return command.length > 160 ? `${command.slice(0, 159)}…` : command;
  } catch {
    return undefined;
  }
}
