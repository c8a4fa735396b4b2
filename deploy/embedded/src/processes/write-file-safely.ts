import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that no reader ever sees half written, even if this process is killed meanwhile. */
export function writeFileSafely(file: string, text: string, mode = 0o600): void {
  const next = `${file}.${process.pid}.new`;
  writeFileSync(next, text, { mode });
  renameSync(next, file);
}
