import { enrolmentId } from '@laurel/contracts';
import { expect } from 'vitest';
import { Ledger } from '../ledger/ledger.ts';
import { completion } from '../records/completion.ts';
import { completions } from '../records/completions.ts';
import { sendRecords } from '../records/send-records.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { scenarios } from './scenarios.ts';
import type { SuiteOptions } from './suite-options.ts';

const clean = { lost: [], doubled: [], outOfOrder: [] };
const garbage = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
// Names that every object of JavaScript has, as headers.
const inherited = { ['__proto__']: 'x', constructor: 'y', toString: ['z', 'z'] };
const value = (learnerId: string, score = 0) =>
  JSON.stringify({ tenantId: 'acme', batchId: 'batch-1', learnerId, completedAt: '2026-03-01T12:00:00Z', score });

/** Records of producers that nobody here wrote. */
export function foreignBehaviours(suite: SuiteOptions): void {
  const scenario = scenarios(suite);

  scenario('unknown types and tombstones are passed over, and their neighbours handled', async (scene) => {
    const { records, ledger } = completions({ learners: 5, each: 4 });
    const [first] = records;
    if (!first) throw new Error('no records');
    const unknown = { ...first, headers: { ...first.headers, ce_type: 'course.completed.v99', ce_id: 'unknown' } };
    const tombstone = { ...first, value: null, headers: {} };
    await sendRecords(scene.broker, [
      unknown,
      tombstone,
      ...records.slice(0, 10),
      tombstone,
      unknown,
      ...records.slice(10),
    ]);
    await scene.start();
    expect(await scene.settle(ledger)).toEqual(clean);
    expect(await scene.letters()).toEqual([]);
    expect(scene.script.timesSeen('unknown')).toBe(0);
  });

  scenario('a topic of nothing that anyone handles is committed', async (scene) => {
    await scene.start();
    await sendRecords(
      scene.broker,
      ['a', 'b', 'c'].map((key) => ({ topic: 'course.completed', key, value: null, headers: {} })),
    );
    await waitFor(
      'the records',
      () => scene.admin.read('course.completed'),
      ({ length }) => length === 3,
    );
    await waitFor(
      'the offsets',
      () => scene.lag(),
      (lag) => lag === 0,
    );
    expect(scene.script.calls).toEqual([]);
  });

  scenario('plain, structured and binary records of one learner meet, whatever their headers hold', async (scene) => {
    const topic = 'course.completed';
    const structured = JSON.stringify({
      ...{ specversion: '1.0', type: 'course.completed.v1', source: 'urn:lms', id: 's-1', tenantid: 'acme' },
      data: JSON.parse(value('L', 2)) as unknown,
    });
    const binary = completion({ tenantId: 'acme', batchId: 'batch-1', learnerId: 'L', score: 3 });
    const odd = { odd: garbage, empty: '', many: ['one', garbage], laurel_topic: 'no.topic', ce_extension: garbage };
    await sendRecords(scene.broker, [
      { topic, key: 'same', value: value('L', 0), headers: {} },
      { topic, key: 'same', value: value('L', 1), headers: { odd: garbage, empty: '', many: ['one', garbage] } },
      {
        topic,
        key: 'same',
        value: structured,
        headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
      },
      { ...binary, key: 'same', headers: { ...binary.headers, ...odd } },
    ]);
    await scene.start();
    const ledger = new Ledger();
    ledger.send(`acme/${enrolmentId('acme', 'batch-1', 'L')}`, 4);
    expect(await scene.settle(ledger)).toEqual(clean);
    expect(await scene.letters()).toEqual([]);
  });

  scenario(
    'what cannot be read is buried with its headers, and the tenant stands there where it can be told',
    async (scene) => {
      const topic = 'course.completed';
      const good = completion({ tenantId: 'acme', batchId: 'batch-1', learnerId: 'L', score: 0 });
      const { ce_id: _, ...withoutId } = good.headers;
      await sendRecords(scene.broker, [
        { topic, key: null, value: garbage, headers: { many: ['one', garbage], ...inherited, ce_tenantid: garbage } },
        { ...good, headers: withoutId },
        { topic, key: garbage, value: JSON.stringify({ tenantId: 'other', batchId: 1 }), headers: {} },
        { ...good, headers: { ...good.headers, ce_id: garbage } },
        { ...good, headers: { ...good.headers, ce_id: ['', ''] } },
      ]);
      await scene.start({ defaultTenant: 'house' });
      const letters = await waitFor(
        'five letters',
        () => scene.letters(),
        ({ length }) => length >= 5,
        { interval: 100 },
      );
      expect(letters).toHaveLength(5);
      expect(letters.every(({ errorClass }) => errorClass === 'permanent')).toBe(true);
      const many = letters.find(({ record }) => record.headers.many !== undefined);
      expect(many?.record.headers.many).toEqual([Buffer.from('one'), garbage]);
      expect(Object.entries(many?.record.headers ?? {})).toEqual(
        expect.arrayContaining([
          ['__proto__', Buffer.from('x')],
          ['constructor', Buffer.from('y')],
          ['toString', [Buffer.from('z'), Buffer.from('z')]],
        ]),
      );
      expect(letters.map(({ tenantId }) => tenantId ?? 'nobody').sort()).toEqual(
        ['acme', 'acme', 'acme', 'nobody', 'other'].sort(),
      );
      expect(await scene.effects.count()).toBe(0);
    },
  );

  scenario('two tenants with the same ids and the same ce_id do not touch each other', async (scene) => {
    const twins = ['acme', 'globex'].flatMap((tenantId) =>
      [0, 1, 2].map((score) =>
        completion({ tenantId, batchId: 'batch-1', learnerId: 'L', score, id: `same-${score}` }),
      ),
    );
    await sendRecords(scene.broker, [...twins, ...twins]);
    await scene.start();
    const ledger = new Ledger();
    for (const tenant of ['acme', 'globex']) ledger.send(`${tenant}/${enrolmentId(tenant, 'batch-1', 'L')}`, 3);
    expect(await scene.settle(ledger)).toEqual(clean);
  });

  scenario('an event that is sent again, now or later, takes effect once', async (scene) => {
    const { records, ledger } = completions({ learners: 10, each: 3 });
    await sendRecords(scene.broker, [...records, ...records]);
    await scene.start({ sliceSize: 16 });
    expect(await scene.settle(ledger)).toEqual(clean);
    await sendRecords(scene.broker, records);
    expect(await scene.settle(ledger)).toEqual(clean);
    await waitFor(
      'the copies',
      () => scene.lag(),
      (lag) => lag === 0,
    );
    expect(await scene.effects.count()).toBe(ledger.total);
  });
}
