import { describe, expect, test } from 'vitest';
import { withinCpu } from './within-cpu.ts';

/** Works for so many milliseconds of the processor, whatever else the machine does. */
function work(milliseconds: number): void {
  const before = process.cpuUsage();
  const spent = () => process.cpuUsage(before);
  while (spent().user + spent().system < milliseconds * 1_000);
}

describe('withinCpu', () => {
  test('gives what was given, after one run where it was cheap', async () => {
    let runs = 0;
    expect(await withinCpu(1_000, () => Promise.resolve(++runs))).toBe(1);
    expect(runs).toBe(1);
  });

  test('runs again what was dear once, and gives the first answer', async () => {
    let runs = 0;
    const answer = await withinCpu(200, () => {
      if (++runs === 1) work(500);
      return Promise.resolve(runs);
    });
    expect([answer, runs]).toEqual([1, 2]);
  });

  test('refuses what is dear each time, with what it took', async () => {
    const dear = () => Promise.resolve(work(100));
    await expect(withinCpu(1, dear)).rejects.toThrow(
      /^Each of three runs took more than 1 ms of processor time: \d+, \d+, \d+$/,
    );
  });
});
