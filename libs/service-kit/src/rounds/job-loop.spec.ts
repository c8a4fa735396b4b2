import { expect, test } from 'vitest';
import { JobLoop, type JobStep } from './job-loop.ts';

test('steps on while there is more, wakes when it is nudged, and its stop waits for the step that runs', async () => {
  const steps: JobStep[] = ['more', 'done', 'full', 'nothing'];
  let [begun, running] = [0, 0];
  const [idle, awake, release] = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const loop = new JobLoop(async () => {
    expect(++running).toBe(1);
    const step = steps[begun++] ?? 'nothing';
    if (begun === 4) idle?.resolve();
    if (begun === 5) {
      awake?.resolve();
      await release?.promise;
    }
    running--;
    return step;
  });
  loop.start();
  await idle?.promise;
  // Nothing but microtasks lies between the end of that step and its sleep.
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  const nudgedAt = performance.now();
  loop.nudge();
  await awake?.promise;
  // Far sooner than the look that nobody asks for.
  expect(performance.now() - nudgedAt).toBeLessThan(900);
  let hasStopped = false;
  const stopping = loop.stop().then(() => (hasStopped = true));
  await Promise.resolve();
  expect([loop.isEnding, hasStopped]).toEqual([true, false]);
  release?.resolve();
  await stopping;
  expect([begun, running]).toEqual([5, 0]);
});
