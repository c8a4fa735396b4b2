import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { armCrashPoints } from './arm-crash-points.ts';
import { armedCrashPoints } from './armed-crash-points.ts';
import { crashPoint } from './crash-point.ts';

// The real one would do it.
const kill = vi.fn((_pid: number, _signal?: string | number) => true as const);
const real = process.kill.bind(undefined);

beforeEach(() => {
  process.kill = kill;
});
afterEach(() => {
  process.kill = real;
  armedCrashPoints.clear();
  kill.mockClear();
});

describe('crash points', () => {
  test('do nothing where none is armed', () => {
    crashPoint('slice.after-commit');
    expect(kill).not.toHaveBeenCalled();
  });

  test('kill at the pass that was asked for, once', () => {
    armCrashPoints('slice.after-commit=kill@3, relay.after-send=stop');
    crashPoint('slice.after-commit');
    crashPoint('slice.before-transaction');
    crashPoint('slice.after-commit');
    expect(kill).not.toHaveBeenCalled();
    crashPoint('slice.after-commit');
    crashPoint('relay.after-send');
    crashPoint('relay.after-send');
    crashPoint('slice.after-commit');
    expect(kill.mock.calls).toEqual([
      [process.pid, 'SIGKILL'],
      [process.pid, 'SIGSTOP'],
    ]);
  });

  test.each(['slice.nowhere=kill', 'slice.after-commit', 'slice.after-commit=kill@0', 'slice.after-commit=sleep', 'x'])(
    'refuse "%s" and name the points there are',
    (setting) => {
      expect(() => armCrashPoints(setting)).toThrow(setting);
      expect(() => armCrashPoints(setting)).toThrow('relay.before-send');
    },
  );

  test('take an empty setting for none', () => {
    armCrashPoints('');
    expect(armedCrashPoints.size).toBe(0);
  });
});
