import { createTopics, waitFor } from '@laurel/testing';
import { expect, inject, test } from 'vitest';

test('a connected consumer and producer arm no timer with a negative delay', async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => void warnings.push(name);
  process.on('warning', note);
  const { broker } = await createTopics(inject('stack').brokers);
  let ticks = 0;
  const consumer = broker.consumer({
    group: 'timer',
    topics: ['proof.counted'],
    concurrency: 1,
    onFetched: () => Promise.resolve(),
    onTick: () => ticks++,
    onEnd: (error) => {
      throw error;
    },
  });
  await consumer.start();
  const producer = await broker.producer();
  await waitFor(
    'the consumer to fetch a few times',
    () => ticks,
    (count) => count > 5,
  );
  await Promise.all([consumer.stop(), producer.close()]);
  process.off('warning', note);
  // Node names it once per process, at the first such timer.
  expect(warnings).not.toContain('TimeoutNegativeWarning');
});
