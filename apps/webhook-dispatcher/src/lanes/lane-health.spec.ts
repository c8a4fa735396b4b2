import { expect, it } from 'vitest';
import { type HealthStep, laneHealth, type LaneHealth } from './lane-health.ts';

const well: LaneHealth = { isOpen: false, trips: 0, streak: 0, failingMs: null };

function failures(count: number, from: LaneHealth = well, isProbe = false): HealthStep[] {
  const steps: HealthStep[] = [];
  for (let at = 0; at < count; at++) steps.push(laneHealth(steps.at(-1) ?? from, false, isProbe));
  return steps;
}

it('opens at the fifth failure in a row, once for all that were under way', () => {
  expect(failures(8).map(({ isOpen, pauseMs }) => (isOpen ? (pauseMs ?? 'open') : 'closed'))).toEqual([
    'closed', 'closed', 'closed', 'closed', 30_000, 'open', 'open', 'open',
  ]); // prettier-ignore
  const [, , , almost] = failures(4);
  expect(laneHealth(laneHealth(almost!, true, false), false, false)).toMatchObject({ isOpen: false, streak: 1 });
});

it('doubles the pause at each failed probe, up to ten minutes, and closes at the first success', () => {
  const opened = failures(5).at(-1)!;
  const probes = failures(6, opened, true);
  expect(probes.map(({ pauseMs }) => pauseMs)).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  expect(laneHealth(probes.at(-1)!, true, true)).toMatchObject({ isOpen: false, trips: 0, streak: 0, failingMs: null });
});

it('gives an endpoint up after five days and ten failures without a success', () => {
  const days = 24 * 3_600_000;
  const long = { isOpen: true, trips: 9, failingMs: 5 * days };
  expect(laneHealth({ ...long, streak: 9 }, false, true).isGivenUp).toBe(true);
  expect(laneHealth({ ...long, streak: 8 }, false, true).isGivenUp).toBe(false);
  expect(laneHealth({ ...long, streak: 99, failingMs: 4 * days }, false, true).isGivenUp).toBe(false);
});
