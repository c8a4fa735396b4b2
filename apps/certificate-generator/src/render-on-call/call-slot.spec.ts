import type { Problem } from '@laurel/service-kit';
import { expect, it, vi } from 'vitest';
import { CallSlot } from './call-slot.ts';

/** Work that ends when it is told to, and tells when it began. */
function work() {
  const ended = Promise.withResolvers<string>();
  return { run: vi.fn(() => ended.promise), end: (name: string) => ended.resolve(name), fail: ended.reject };
}
const code = (run: Promise<unknown>) => run.catch((error: Problem) => [error.getStatus(), error.details.code]);

it('does one piece of work at a time, in order, and sends away whom it has no place for', async () => {
  const slot = new CallSlot(60_000, 1);
  const [first, second] = [work(), work()];
  const [one, two] = [slot.run(first.run), slot.run(second.run)];
  expect(await code(slot.run(work().run))).toEqual([429, 'renderer-busy']);
  expect([first.run.mock.calls.length, second.run.mock.calls.length]).toEqual([1, 0]);
  first.fail(new Error('It broke'));
  await expect(one).rejects.toThrow('It broke');
  second.end('second');
  expect(await two).toBe('second');
  expect(await slot.run(async () => 'third')).toBe('third');
});

it('lets no caller wait longer than its time, and nobody in before the work has really ended', async () => {
  vi.useFakeTimers();
  try {
    const slot = new CallSlot(1_000, 1);
    const [first, second] = [work(), work()];
    const [one, two] = [code(slot.run(first.run)), code(slot.run(second.run))];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all([one, two])).toEqual([
      [503, 'renderer-slow'],
      [503, 'renderer-slow'],
    ]);
    const third = work();
    const late = slot.run(third.run);
    void code(late);
    expect(third.run).not.toHaveBeenCalled();
    first.end('first');
    third.end('third');
    expect(await late).toBe('third');
    // Whoever has left meanwhile is not worked for.
    expect(second.run).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});
