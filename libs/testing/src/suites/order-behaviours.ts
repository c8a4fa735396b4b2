import { TransientError } from '@laurel/messaging';
import { expect } from 'vitest';
import { completions } from '../records/completions.ts';
import { sendRecords } from '../records/send-records.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { closedGate } from './closed-gate.ts';
import { scenarios } from './scenarios.ts';
import type { SuiteOptions } from './suite-options.ts';

const clean = { lost: [], doubled: [], outOfOrder: [] };

/** Order, redelivery, and offsets that never run ahead of the database. */
export function orderBehaviours(suite: SuiteOptions): void {
  const scenario = scenarios(suite);

  scenario(
    'the order of each key is kept over partitions and slices, and each record takes effect once',
    async (scene) => {
      await scene.start({ sliceSize: 30 });
      const { records, ledger } = completions({ learners: 60, each: 10 });
      await sendRecords(scene.broker, records);
      expect(await scene.settle(ledger)).toEqual(clean);
      expect(Math.max(...scene.script.calls.map((events) => events.length))).toBeLessThanOrEqual(30);
      const partitions = new Set((await scene.admin.read('course.completed')).map(({ partition }) => partition));
      expect(partitions.size).toBeGreaterThan(3);
    },
  );

  scenario(
    'a slice that fails twice by an outage comes again: nothing lost, nothing buried, order kept',
    async (scene) => {
      const { records, ledger } = completions({ learners: 20, each: 5 });
      let failures = 0;
      scene.script.act = (events) => {
        if (!events.some(({ data }) => data.score === 2) || failures === 2) return;
        failures++;
        throw new TransientError('the test', 'away for two tries');
      };
      await scene.start({ sliceSize: 25 });
      await sendRecords(scene.broker, records);
      expect(await scene.settle(ledger)).toEqual(clean);
      expect(failures).toBe(2);
      expect(await scene.letters()).toEqual([]);
    },
  );

  scenario('nothing is committed while a handler has not come to its end', async (scene) => {
    const gate = closedGate();
    scene.script.act = () => gate.pass();
    await scene.start({ sliceSize: 10 });
    const { records, ledger } = completions({ learners: 10, each: 4 });
    await sendRecords(scene.broker, records);
    await gate.reached(1);
    expect(await scene.lag()).toBe(ledger.total);
    expect(await scene.effects.count()).toBe(0);
    gate.open();
    expect(await scene.settle(ledger)).toEqual(clean);
  });

  scenario('the committed offset is never ahead of the effects', async (scene) => {
    await scene.start({ sliceSize: 20 });
    const { records, ledger } = completions({ learners: 50, each: 16 });
    await sendRecords(scene.broker, records);
    const ahead: { committed: number; effects: number }[] = [];
    await waitFor(
      'the last committed offset',
      async () => {
        // First the offsets: whatever they cover must be in the database by now.
        const committed = ledger.total - (await scene.lag());
        const effects = await scene.effects.count();
        if (committed > effects) ahead.push({ committed, effects });
        return committed;
      },
      (committed) => committed === ledger.total,
      { interval: 1 },
    );
    expect(ahead).toEqual([]);
    expect(await scene.settle(ledger)).toEqual(clean);
  });

  scenario('a new group begins at the beginning, and one that was away goes on where it was', async (scene) => {
    const { records, ledger } = completions({ learners: 30, each: 10 });
    await sendRecords(scene.broker, records.slice(0, 150));
    const first = await scene.start();
    await scene.settle(ledger, 150);
    await first.stop();
    await sendRecords(scene.broker, records.slice(150));
    expect(await scene.lag()).toBe(150);
    await scene.start();
    expect(await scene.settle(ledger)).toEqual(clean);
    expect(scene.script.seen).toHaveLength(ledger.total);
  });
}
