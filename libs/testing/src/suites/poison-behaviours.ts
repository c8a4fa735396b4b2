import { type DeadLetter, PermanentError } from '@laurel/messaging';
import { expect } from 'vitest';
import { Ledger } from '../ledger/ledger.ts';
import { completion } from '../records/completion.ts';
import { completions } from '../records/completions.ts';
import { sendRecords } from '../records/send-records.ts';
import { waitFor } from '../waiting/wait-for.ts';
import type { Scene } from './open-scene.ts';
import { scenarios } from './scenarios.ts';
import { Script } from './script.ts';
import type { SuiteOptions } from './suite-options.ts';

const clean = { lost: [], doubled: [], outOfOrder: [] };
const garbage = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
const bad = 'bad-batch';

/** A record that the handlers of these tests take for poison, with the key of a good one where it is given. */
function poison(id: string, key?: string) {
  const record = completion({ tenantId: 'acme', batchId: bad, learnerId: id, score: 0, id });
  return key === undefined ? record : { ...record, key };
}

async function buried(scene: Scene, count: number): Promise<DeadLetter[]> {
  // The offsets may have moved on a moment before the relay has sent the letters.
  return waitFor(
    'the dead letters',
    () => scene.letters(),
    (letters) => letters.length >= count,
    { interval: 100 },
  );
}

/** Bad records: they alone are buried, soon, and their neighbours are handled once. */
export function poisonBehaviours(suite: SuiteOptions): void {
  const scenario = scenarios(suite);

  scenario(
    'poison in the middle of a slice: each culprit alone is buried, as it came, and its neighbours are not',
    async (scene) => {
      const { records, ledger } = completions({ learners: 10, each: 6 });
      const key = records[3]?.key ?? null;
      const malformed = {
        topic: 'course.completed',
        key,
        value: garbage,
        headers: { ce_tenantid: 'acme', odd: garbage },
      };
      const rejected = poison('rejected', String(key));
      const broken = poison('broken', String(key));
      scene.script.act = (events, slice) => {
        for (const event of events) {
          if (event.id === 'rejected') slice.reject(event, 'permanent', 'batchId: is bad');
          if (event.id === 'broken') slice.reject(event, 'bug', 'batchId: breaks');
        }
      };
      await sendRecords(scene.broker, [...records.slice(0, 30), malformed, rejected, broken, ...records.slice(30)]);
      const begun = Date.now();
      await scene.start();
      expect(await scene.settle(ledger)).toEqual(clean);
      const letters = await buried(scene, 3);
      expect(Date.now() - begun).toBeLessThan(10_000);

      const byClass = letters.map(({ errorClass, attempts, reason, tenantId }) => ({
        errorClass,
        attempts,
        reason,
        tenantId,
      }));
      expect(byClass).toHaveLength(3);
      expect(byClass).toContainEqual({
        errorClass: 'permanent',
        attempts: 3,
        reason: 'batchId: is bad',
        tenantId: 'acme',
      });
      expect(byClass).toContainEqual({ errorClass: 'bug', attempts: 3, reason: 'batchId: breaks', tenantId: 'acme' });
      const unreadable = letters.find(({ record }) => record.value?.equals(garbage));
      expect(unreadable).toMatchObject({ errorClass: 'permanent', tenantId: 'acme', redrive: 0 });
      expect(unreadable?.record.headers.odd).toEqual(garbage);
      const sources = await scene.admin.read('course.completed');
      for (const { original, record, failedAt } of letters) {
        const source = sources.find((one) => one.partition === original.partition && one.offset === original.offset);
        expect(source?.topic).toBe(original.topic);
        expect(source?.value).toEqual(record.value);
        expect(source?.key).toEqual(record.key);
        expect(Math.abs(Date.now() - failedAt.getTime())).toBeLessThan(60_000);
      }
    },
  );

  scenario(
    'a slice of nothing but poison is buried whole, and the good records after it are handled',
    async (scene) => {
      scene.script.act = (events, slice) => {
        for (const event of events) if (event.data.batchId === bad) slice.reject(event, 'permanent', 'batchId: is bad');
      };
      const bads = Array.from({ length: 80 }, (_, at) =>
        at % 2 === 0 ? poison(`bad-${at}`) : { ...poison(`bad-${at}`), value: garbage },
      );
      await sendRecords(scene.broker, bads);
      await scene.start({ sliceSize: 40 });
      const { records, ledger } = completions({ learners: 10, each: 2 });
      await sendRecords(scene.broker, records);
      expect(await scene.settle(ledger)).toEqual(clean);
      expect(await buried(scene, 80)).toHaveLength(80);
    },
  );

  scenario('an error that names no culprit is halved until the culprits are alone', async (scene) => {
    const { records, ledger } = completions({ learners: 10, each: 6 });
    scene.script.act = (events) => {
      const culprit = events.find(({ data }) => data.batchId === bad);
      if (culprit?.id === 'refused') throw new PermanentError('batchId: is bad');
      if (culprit) throw new TypeError(`a bug that quotes ${culprit.data.learnerId}`);
    };
    const key = String(records[5]?.key);
    const mixed = [...records.slice(0, 25), poison('refused', key), ...records.slice(25, 40), poison('thrown', key)];
    await sendRecords(scene.broker, [...mixed, ...records.slice(40)]);
    await scene.start();
    expect(await scene.settle(ledger)).toEqual(clean);
    const letters = await buried(scene, 2);
    expect(letters.map(({ errorClass, attempts }) => [errorClass, attempts]).sort()).toEqual([
      ['bug', 3],
      ['permanent', 1],
    ]);
    const reason = letters.find(({ errorClass }) => errorClass === 'bug')?.reason;
    expect(reason).toMatch(/^TypeError at libs\/testing\/src\/suites\/poison-behaviours\.ts:\d+$/);
  });

  scenario('a culprit of an outage is waited for, in order, and nothing is buried', async (scene) => {
    const { records, ledger } = completions({ learners: 10, each: 3 });
    let isAway = true;
    scene.script.act = (events, slice) => {
      const [first] = events;
      if (isAway && first) slice.reject(first, 'transient', 'object-store');
    };
    await sendRecords(scene.broker, records);
    const member = await scene.start();
    await waitFor(
      'the wait',
      () => member.health()[0],
      (health) => health?.on === 'object-store',
    );
    expect(member.health()[0]?.state).toBe('waits');
    expect(await scene.effects.count()).toBe(0);
    isAway = false;
    expect(await scene.settle(ledger)).toEqual(clean);
    await waitFor(
      'work',
      () => member.health()[0]?.state,
      (state) => state === 'works',
    );
    expect(await scene.letters()).toEqual([]);
  });

  scenario(
    'a release that throws on everything stops after 20, leaves its topic, and a mended one goes on',
    async (scene) => {
      const { records, ledger } = completions({ learners: 20, each: 3 });
      scene.script.act = () => {
        throw new Error('a release that is broken');
      };
      await sendRecords(scene.broker, records);
      const broken = await scene.start();
      await waitFor(
        'the group to stop',
        () => broken.health()[0],
        (health) => health?.state === 'stopped',
      );
      const letters = await buried(scene, 20);
      expect(letters).toHaveLength(20);
      const left = await scene.lag();
      expect(left).toBeGreaterThanOrEqual(ledger.total - 20);
      // The process lives on for its other groups, but this one it has left: the mended release has it to itself.
      expect(broken.stuck).toEqual([]);
      expect(await scene.lag()).toBe(left);
      await scene.start({ script: new Script() });
      const rest = new Ledger();
      rest.send('the rest', ledger.total - 20);
      await scene.settle(rest);
      expect(await scene.letters()).toHaveLength(20);
      expect(await scene.effects.count()).toBe(ledger.total - 20);
    },
  );

  scenario('many bugs that are named among records that go through are bad records, not bad code', async (scene) => {
    const { records, ledger } = completions({ learners: 30, each: 2 });
    scene.script.act = (events, slice) => {
      for (const event of events) if (event.data.batchId === bad) slice.reject(event, 'bug', 'batchId: breaks');
    };
    const bads = Array.from({ length: 30 }, (_, at) => poison(`bad-${at}`, String(records[at]?.key)));
    await sendRecords(
      scene.broker,
      records.slice(0, 30).flatMap((record, at) => [record, ...bads.slice(at, at + 1)]),
    );
    await sendRecords(scene.broker, records.slice(30));
    const member = await scene.start();
    expect(await scene.settle(ledger)).toEqual(clean);
    expect(await buried(scene, 30)).toHaveLength(30);
    expect(member.health()[0]?.state).toBe('works');
  });

  scenario('an event that the handler rejects must be one of its slice', async (scene) => {
    const { records } = completions({ learners: 1, each: 1 });
    scene.script.act = ([event], slice) => {
      // A copy: were it taken, the record would be neither handled nor buried.
      if (event) slice.reject({ ...event }, 'permanent', 'batchId: is bad');
    };
    await sendRecords(scene.broker, records);
    await scene.start();
    const [letter] = await buried(scene, 1);
    expect(letter?.errorClass).toBe('bug');
    expect(await scene.effects.count()).toBe(0);
  });
}
