import { readFileSync, rmSync } from 'node:fs';
import { processRecord } from './process-record.ts';
import { processStartTime } from './process-start-time.ts';
import { until } from './until.ts';

/**
 * Ends the process that an earlier start left running, as `recordFile` tells, and gives its name; undefined where there is
 * none. Only a process whose start time is the recorded one is touched: its pid may be a stranger's by now.
 */
export async function stopRecorded(recordFile: string): Promise<string | undefined> {
  const record = read(recordFile);
  if (record === undefined) return undefined;
  const lives = () => processStartTime(record.pid) === record.startTime;
  const gone = () => (lives() ? undefined : true);
  const wait = (timeoutMs: number) =>
    until(gone, {
      timeoutMs,
      describe: () =>
        new Error(`${record.name} (pid ${record.pid}) of an earlier start does not end, not even by SIGKILL.`),
    });
  const left = lives();
  if (left) {
    process.kill(record.pid, record.stopSignal);
    await wait(record.graceMs).catch(async () => {
      if (lives()) process.kill(record.pid, 'SIGKILL');
      await wait(5_000);
    });
  }
  rmSync(recordFile, { force: true });
  return left ? record.name : undefined;
}

// A record that cannot be read was being written when the machine stopped: nothing of it can be alive.
function read(file: string) {
  try {
    return processRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
