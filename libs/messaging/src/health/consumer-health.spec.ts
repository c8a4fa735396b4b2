import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConsumerHealth } from './consumer-health.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('ConsumerHealth', () => {
  test('waits for the broker until the first sign of life', () => {
    const health = new ConsumerHealth('group');
    expect(health.state).toMatchObject({ group: 'group', state: 'waits', on: 'kafka' });
    health.tick();
    expect(health.state).toMatchObject({ state: 'works' });
    expect(health.state).not.toHaveProperty('on');
  });

  test('a sign of life of the broker does not end a wait for something else', () => {
    const health = new ConsumerHealth('group');
    health.waits('postgres');
    health.tick();
    expect(health.state).toMatchObject({ state: 'waits', on: 'postgres' });
    health.works();
    expect(health.state).toMatchObject({ state: 'works' });
  });

  test('keeps since when, while nothing changes', () => {
    const health = new ConsumerHealth('group');
    health.waits('postgres');
    const { since } = health.state;
    vi.advanceTimersByTime(5_000);
    health.waits('postgres');
    expect(health.state.since).toEqual(since);
    health.works();
    expect(health.state.since.getTime() - since.getTime()).toBe(5_000);
  });

  test('is stuck for good', () => {
    const health = new ConsumerHealth('group');
    health.stuck('a reason');
    health.works();
    health.waits('kafka');
    health.tick();
    expect(health.state).toMatchObject({ state: 'stuck', on: 'a reason' });
  });

  test('measures the silence since the last sign of life', () => {
    const health = new ConsumerHealth('group');
    vi.advanceTimersByTime(3_000);
    expect(health.silence).toBe(3_000);
    health.tick();
    expect(health.silence).toBe(0);
  });
});
