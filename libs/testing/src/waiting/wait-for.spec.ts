import { describe, expect, test } from 'vitest';
import { waitFor } from './wait-for.ts';

const soon = { timeout: 30, interval: 1 };

describe('waitFor', () => {
  test('gives back what was wanted, at the first look that sees it', async () => {
    let looks = 0;
    const seen = await waitFor(
      'the third look',
      () => ++looks,
      (count) => count === 3,
      { interval: 1 },
    );
    expect([seen, looks]).toEqual([3, 3]);
  });

  test('says what it saw last, also where JSON has no word for it', async () => {
    await expect(
      waitFor(
        'wonders',
        () => ({ rows: 7, lag: 9n }),
        () => false,
        soon,
      ),
    ).rejects.toThrow('Waited 30 ms for wonders; last seen: {"rows":7,"lag":"9"}');
  });

  test('takes an error for not yet, and says it at the end', async () => {
    let looks = 0;
    const look = () => {
      if (++looks < 3) throw new Error('no table');
      return looks;
    };
    await expect(waitFor('the table', look, Boolean, { interval: 1 })).resolves.toBe(3);
    await expect(waitFor('the table', () => Promise.reject(new Error('no table')), Boolean, soon)).rejects.toThrow(
      'the last look failed: Error: no table',
    );
  });

  test('looks once even with no time at all', async () => {
    await expect(
      waitFor(
        'what is there',
        () => 1,
        (one) => one === 1,
        { timeout: 0 },
      ),
    ).resolves.toBe(1);
  });

  test('gives up on a look that never answers', async () => {
    const never = () => new Promise<number>(() => undefined);
    await expect(waitFor('an answer', never, Boolean, soon)).rejects.toThrow(
      'Waited 30 ms for an answer; nothing seen yet',
    );
  });
});
