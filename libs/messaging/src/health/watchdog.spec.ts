import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Broker } from '../broker/broker.ts';
import { ConsumerHealth } from './consumer-health.ts';
import { Watchdog } from './watchdog.ts';

let broker: { answers: boolean; asked: number };
let stuck: string[];
let silent: ConsumerHealth;
let lively: ConsumerHealth;
let watchdog: Watchdog;

beforeEach(() => {
  vi.useFakeTimers();
  broker = { answers: true, asked: 0 };
  stuck = [];
  silent = new ConsumerHealth('silent');
  lively = new ConsumerHealth('lively');
  silent.tick();
  const port = {
    async answers() {
      broker.asked++;
      return broker.answers;
    },
  } as unknown as Broker;
  watchdog = new Watchdog(port, [silent, lively], (reason) => stuck.push(reason));
  watchdog.start();
});
afterEach(() => {
  watchdog.stop();
  vi.useRealTimers();
});

/** Seconds in which one of the two consumers gives signs of life. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    lively.tick();
    await vi.advanceTimersByTimeAsync(1_000);
  }
}

describe('Watchdog', () => {
  test('leaves the broker alone while everyone gives signs of life', async () => {
    for (let second = 0; second < 10; second++) {
      silent.tick();
      await pass(1);
    }
    expect(broker.asked).toBe(0);
  });

  test('a consumer that is silent for a minute though the broker answers is stuck, and it alone', async () => {
    await pass(58);
    expect(stuck).toEqual([]);
    expect(silent.state.state).toBe('works');
    await pass(10);
    expect(stuck).toHaveLength(1);
    expect(stuck[0]).toMatch(/^silent: no sign of life for 6\d s, though the broker answers$/);
    expect(silent.state.state).toBe('stuck');
    expect(lively.state.state).toBe('works');
  });

  test('while the broker is away consumers wait, for as long as it takes', async () => {
    broker.answers = false;
    await pass(600);
    expect(stuck).toEqual([]);
    expect(silent.state).toMatchObject({ state: 'waits', on: 'kafka' });
    expect(lively.state.state).toBe('works');
  });

  test('after an outage a consumer has a whole minute to come back', async () => {
    broker.answers = false;
    await pass(300);
    broker.answers = true;
    await pass(50);
    expect(stuck).toEqual([]);
    silent.tick();
    expect(silent.state.state).toBe('works');
    await pass(58);
    expect(stuck).toEqual([]);
  });

  test('looks no more once it is stopped', async () => {
    watchdog.stop();
    await pass(120);
    expect(broker.asked).toBe(0);
  });
});
