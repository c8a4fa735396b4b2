import { TransientError } from '@laurel/messaging';
import { expect } from 'vitest';
import { completions } from '../records/completions.ts';
import { sendRecords } from '../records/send-records.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { closedGate } from './closed-gate.ts';
import { scenarios } from './scenarios.ts';
import { Script } from './script.ts';
import type { SuiteOptions } from './suite-options.ts';

const clean = { lost: [], doubled: [], outOfOrder: [] };
const short = { sessionTimeout: 1_500 };

/** Members that come, go, stop and take too long. */
export function membershipBehaviours(suite: SuiteOptions): void {
  const scenario = scenarios(suite);

  scenario('a member that joins in mid-slice, and later leaves: nothing lost, nothing doubled', async (scene) => {
    const { records, ledger } = completions({ learners: 40, each: 20 });
    await sendRecords(scene.broker, records.slice(0, 400));
    const joining = closedGate();
    const first = new Script();
    let isLost = false;
    first.act = async (_, slice) => {
      if (isLost || first.calls.length < 5) return;
      void joining.pass();
      // Until the broker says that the group changes: then somebody else gets these records.
      await waitFor(
        'the other to join',
        () =>
          slice.alive().then(
            () => false,
            () => (isLost = true),
          ),
        Boolean,
      );
      await slice.alive();
    };
    await scene.start({ script: first, sliceSize: 20 });
    await joining.reached(1);
    const second = new Script();
    const other = await scene.start({ script: second, sliceSize: 20 });
    await sendRecords(scene.broker, records.slice(400));
    expect(await scene.settle(ledger, 800)).toEqual(clean);
    expect(isLost).toBe(true);
    expect(second.calls.length).toBeGreaterThan(0);

    const more = completions({ learners: 40, each: 10, label: 'M' });
    const leaving = closedGate();
    second.act = () => leaving.pass();
    await sendRecords(scene.broker, more.records);
    await leaving.reached(1);
    const left = other.stop();
    leaving.open();
    await left;
    await scene.settle(more.ledger, 1_200);
    const report = more.ledger.compare((await scene.effects.entries()).slice(800));
    expect(report).toEqual(clean);
  });

  scenario(
    'a handler that is slower than the session and says that it is alive keeps its records',
    async (scene) => {
      const { records, ledger } = completions({ learners: 24, each: 3 });
      // Whoever is given the slow one's records waits for the locks of its open transaction.
      const heirs = () =>
        scene.dataSource.query<unknown[]>(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
      let inherited = 0;
      scene.script.act = async (_, slice) => {
        if (scene.script.calls.length > 1) return;
        const begun = Date.now();
        await waitFor(
          'three sessions to pass',
          async () => {
            await slice.alive();
            inherited += (await heirs()).length;
            return Date.now() - begun;
          },
          (passed) => passed > 3 * short.sessionTimeout,
          { interval: 100 },
        );
      };
      const other = new Script();
      const members = [await scene.start(), await scene.start({ script: other })];
      await waitFor(
        'both to have joined',
        () => members.flatMap((member) => member.health().map(({ state }) => state)),
        (states) => states.every((state) => state === 'works'),
      );
      await sendRecords(scene.broker, records);
      expect(await scene.settle(ledger)).toEqual(clean);
      expect(inherited).toBe(0);
      expect(scene.script.seen.length).toBeGreaterThan(0);
      expect(scene.script.seen.length + other.seen.length).toBe(ledger.total);
    },
    short,
  );

  scenario(
    'a handler that is silent for longer than the session: the group goes on, and each effect is there once',
    async (scene) => {
      const { records, ledger } = completions({ learners: 12, each: 3 });
      const gate = closedGate();
      const sleeper = new Script(() => gate.pass());
      await sendRecords(scene.broker, records);
      await scene.start({ script: sleeper });
      await gate.reached(1);
      const successor = new Script();
      // It joins as soon as the group has given the sleeper up, and meets the sleeper's inbox rows.
      const joined = scene.start({ script: successor });
      await waitFor(
        'the successor to wait for the sleeper',
        () =>
          scene.dataSource.query<unknown[]>(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          ),
        (waiting) => waiting.length > 0,
      );
      gate.open();
      await joined;
      expect(await scene.settle(ledger)).toEqual(clean);
      expect(sleeper.seen).toHaveLength(ledger.total);
      expect(successor.seen).toEqual([]);
      // And the sleeper is a member again: of what comes now it gets its part.
      let label = 0;
      await waitFor(
        'the sleeper to take part',
        async () => {
          await sendRecords(scene.broker, completions({ learners: 12, each: 1, label: `M-${label++}` }).records);
          return sleeper.seen.length;
        },
        (seen) => seen > ledger.total,
        { interval: 100 },
      );
    },
    short,
  );

  scenario('a shutdown waits for the slice that is handled, and leaves the rest to the next member', async (scene) => {
    const { records, ledger } = completions({ learners: 10, each: 10 });
    const gate = closedGate();
    scene.script.act = () => gate.pass();
    await sendRecords(scene.broker, records);
    const leaver = await scene.start({ sliceSize: 15 });
    await gate.reached(1);
    let hasStopped = false;
    const stopped = leaver.stop().then(() => (hasStopped = true));
    expect(await scene.lag()).toBe(ledger.total);
    expect(hasStopped).toBe(false);
    gate.open();
    await stopped;
    const done = await scene.effects.count();
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThanOrEqual(15);
    expect(await scene.lag()).toBe(ledger.total - done);
    await scene.start();
    expect(await scene.settle(ledger)).toEqual(clean);
    expect(scene.script.seen).toHaveLength(ledger.total);
  });

  scenario('a shutdown during an outage does not wait for its end', async (scene) => {
    const { records, ledger } = completions({ learners: 10, each: 2 });
    scene.script.act = () => {
      throw new TransientError('the test', 'away');
    };
    await sendRecords(scene.broker, records);
    const leaver = await scene.start();
    await waitFor(
      'the outage',
      () => leaver.health()[0]?.state,
      (state) => state === 'waits',
    );
    const begun = Date.now();
    await leaver.stop();
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(await scene.lag()).toBe(ledger.total);
    scene.script.act = () => undefined;
    await scene.start();
    expect(await scene.settle(ledger)).toEqual(clean);
  });
}
