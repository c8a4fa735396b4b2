import { enrolmentId } from '@laurel/contracts';
import { redrive } from '@laurel/messaging';
import { expect } from 'vitest';
import { Ledger } from '../ledger/ledger.ts';
import { completion } from '../records/completion.ts';
import { completions } from '../records/completions.ts';
import { sendRecords } from '../records/send-records.ts';
import { waitFor } from '../waiting/wait-for.ts';
import type { Scene } from './open-scene.ts';
import { scenarios } from './scenarios.ts';
import type { SuiteOptions } from './suite-options.ts';

const clean = { lost: [], doubled: [], outOfOrder: [] };

async function letters(scene: Scene, count: number) {
  return waitFor(
    'the letters',
    () => scene.letters(),
    ({ length }) => length >= count,
    { interval: 100 },
  );
}

const redriven = (scene: Scene) =>
  waitFor(
    'the redriven',
    () => scene.lag('proof-recorder.course.completed.redrive'),
    (lag) => lag === 0,
  );

/** Dead letters that are given another chance. */
export function redriveBehaviours(suite: SuiteOptions): void {
  const scenario = scenarios(suite);

  scenario('a redriven record is handled as if it came from where it first stood, and once', async (scene) => {
    const plain = {
      tenantId: 'acme',
      batchId: 'batch-1',
      learnerId: 'P',
      completedAt: '2026-03-01T12:00:00Z',
      score: 0,
    };
    const topic = 'course.completed';
    const named = completion({ tenantId: 'acme', batchId: 'batch-1', learnerId: 'N', score: 0, id: 'named' });
    let isBroken = true;
    scene.script.act = (events, slice) => {
      if (isBroken) for (const event of events) slice.reject(event, 'permanent', 'the release cannot do this');
    };
    await sendRecords(scene.broker, [named, { topic, key: 'k', value: JSON.stringify(plain), headers: {} }]);
    await scene.start();
    const dead = await letters(scene, 2);
    isBroken = false;
    const report = await redrive(scene.broker, dead);
    expect(report).toMatchObject({ redriven: dead, skipped: [] });
    const ledger = new Ledger();
    for (const learner of ['N', 'P']) ledger.send(`acme/${enrolmentId('acme', 'batch-1', learner)}`, 1);
    expect(await scene.settle(ledger)).toEqual(clean);
    const source = (await scene.admin.read(topic)).find(({ key }) => String(key) === 'k');
    expect(await scene.effects.names()).toEqual(
      expect.arrayContaining([
        { tenant_id: 'acme', source: 'urn:test-lms', event_id: 'named' },
        { tenant_id: 'acme', source: 'kafka:course.completed', event_id: `${source?.partition}:${source?.offset}` },
      ]),
    );

    // Again: left alone, and absorbed where an operator insists.
    const now = await scene.letters();
    expect(now.map((letter) => letter.redriven)).toEqual([1, 1]);
    expect(await redrive(scene.broker, now)).toMatchObject({ redriven: [], skipped: now });
    await redrive(scene.broker, now, { again: true });
    await waitFor(
      'the copies',
      () => scene.admin.read('proof-recorder.course.completed.redrive'),
      ({ length }) => length === 4,
    );
    await redriven(scene);
    expect(await scene.settle(ledger)).toEqual(clean);
    expect(await scene.letters()).toHaveLength(2);
  });

  scenario(
    'a redriven record that fails again gets a letter of its own, and may be redriven once more',
    async (scene) => {
      let reason = 'first';
      scene.script.act = (events, slice) => {
        if (reason !== 'mended') for (const event of events) slice.reject(event, 'permanent', reason);
      };
      const { records, ledger } = completions({ learners: 1, each: 1 });
      await sendRecords(scene.broker, records);
      await scene.start();
      const [first] = await letters(scene, 1);
      if (!first) throw new Error('no letter');
      reason = 'second';
      await redrive(scene.broker, [first]);
      const [, second] = await letters(scene, 2);
      expect(second).toMatchObject({ reason: 'second', redrive: 1, redriven: 0, original: first.original });
      if (!second) throw new Error('no second letter');
      expect(second.record.value).toEqual(first.record.value);
      reason = 'mended';
      // The first letter once more is a copy of the record that failed: it does not take the place of the second.
      await redrive(scene.broker, [first, second], { again: true });
      expect(await scene.settle(ledger)).toEqual(clean);
      await redriven(scene);
      expect(await scene.effects.count()).toBe(1);
      expect(await scene.letters()).toHaveLength(2);
    },
  );

  scenario('an event that is sent once more does not come behind its dead letter', async (scene) => {
    let isBroken = true;
    scene.script.act = (events, slice) => {
      if (isBroken) for (const event of events) slice.reject(event, 'permanent', 'the release cannot do this');
    };
    const { records, ledger } = completions({ learners: 1, each: 1 });
    await sendRecords(scene.broker, records);
    await scene.start();
    const dead = await letters(scene, 1);
    isBroken = false;
    await sendRecords(scene.broker, records);
    await waitFor(
      'both records',
      () => scene.admin.read('course.completed'),
      ({ length }) => length === 2,
    );
    await waitFor(
      'their offsets',
      () => scene.lag(),
      (lag) => lag === 0,
    );
    expect(await scene.effects.count()).toBe(0);
    await redrive(scene.broker, dead);
    expect(await scene.settle(ledger)).toEqual(clean);
  });
}
