import { readFileSync } from 'node:fs';

/**
 * When the process with this id was started, as a text to compare (boot id and clock ticks since boot), or undefined where no
 * such process lives. A pid alone says nothing: after a crash or a reboot it may belong to someone else.
 */
export function processStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in parentheses may itself hold spaces and parentheses: count the fields from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}
