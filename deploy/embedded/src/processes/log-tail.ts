import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last lines of a log, indented to stand below an error; says so where there are none. */
export function logTail(file: string, lines = 12): string {
  try {
    const log = openSync(file, 'r');
    try {
      const { size } = fstatSync(log);
      const buffer = Buffer.alloc(Math.min(size, 16 * 1024));
      readSync(log, buffer, 0, buffer.length, size - buffer.length);
      const text = buffer.toString('utf8').trimEnd();
      if (text === '') return '    (its log is empty)';
      return text
        .split('\n')
        .slice(-lines)
        .map((line) => `    ${line}`)
        .join('\n');
    } finally {
      closeSync(log);
    }
  } catch {
    return '    (it wrote no log)';
  }
}
