import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugStreak, GroupStopped } from './bug-streak.ts';

describe('BugStreak', () => {
  test('takes twenty bugs in a row for bad records, and the next one for bad code', () => {
    const streak = new BugStreak();
    for (let bug = 0; bug < 20; bug++) {
      streak.check({ bugs: 1, passed: 0 });
      streak.record({ bugs: 1, passed: 0 });
    }
    expect(() => streak.check({ bugs: 1, passed: 0 })).toThrow(GroupStopped);
    expect(() => streak.check({ bugs: 1, passed: 0 })).toThrow('after 20 bugs in a row');
  });

  test('stops at a slice of nothing but bugs that is too many by itself', () => {
    expect(() => new BugStreak().check({ bugs: 21, passed: 0 })).toThrow(GroupStopped);
    expect(() => new BugStreak().check({ bugs: 20, passed: 0 })).not.toThrow();
  });

  test('is ended by a single event that goes through, and by nothing else', () => {
    const streak = new BugStreak();
    streak.record({ bugs: 20, passed: 0 });
    streak.check({ bugs: 200, passed: 1 });
    streak.record({ bugs: 0, passed: 0 });
    expect(() => streak.check({ bugs: 1, passed: 0 })).toThrow(GroupStopped);
    streak.record({ bugs: 5, passed: 1 });
    streak.check({ bugs: 20, passed: 0 });
  });

  test('never lets more than twenty bugs in a row be committed', () => {
    const outcome = fc.record({ bugs: fc.integer({ min: 0, max: 30 }), passed: fc.integer({ min: 0, max: 2 }) });
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 60 }), (outcomes) => {
        const streak = new BugStreak();
        let inARow = 0;
        for (const one of outcomes) {
          try {
            streak.check(one);
          } catch {
            expect(inARow + one.bugs).toBeGreaterThan(20);
            continue;
          }
          streak.record(one);
          inARow = one.passed > 0 ? 0 : inARow + one.bugs;
          expect(inARow).toBeLessThanOrEqual(20);
        }
      }),
    );
  });
});
