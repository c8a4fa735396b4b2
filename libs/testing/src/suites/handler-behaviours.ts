import { type CertificateRequested, certificateRequested, type CourseCompleted, encodeEvent } from '@laurel/contracts';
import { Consumer, On, type OutgoingRecord, PermanentError, Slice } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { Ctx, Payload } from '@nestjs/microservices';
import { expect } from 'vitest';
import { completions } from '../records/completions.ts';
import { sendRecords } from '../records/send-records.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { closedGate } from './closed-gate.ts';
import { Effects } from './effects.ts';
import { scenarios } from './scenarios.ts';
import { Script } from './script.ts';
import type { SuiteOptions } from './suite-options.ts';

const clean = { lost: [], doubled: [], outOfOrder: [] };

/** The effect has a key of its own; the inbox is not used. */
@Consumer()
class OwnKey {
  constructor(private readonly script: Script) {}

  @On('course.completed', { idempotency: 'own-key' })
  async record(@Payload() events: CourseCompleted[], @Ctx() slice: Slice): Promise<void> {
    this.script.calls.push(events);
    await this.script.act(events, slice);
    await Effects.write(slice.transaction, events, { onConflictDoNothing: 'any' });
  }
}

/** Opens its transactions itself, as the generator does. */
@Consumer()
class OwnTransaction {
  constructor(
    private readonly script: Script,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @On('course.completed', { transaction: 'own' })
  async record(@Payload() events: CourseCompleted[], @Ctx() slice: Slice): Promise<void> {
    expect(() => slice.transaction).toThrow('opens its own transactions');
    this.script.calls.push(events);
    await this.script.act(events, slice);
    const rejected = new Set(slice.rejections.map(({ event }) => event));
    const kept = events.filter((event) => !rejected.has(event));
    await this.unitOfWork.run((transaction) => Effects.write(transaction, kept, { onConflictDoNothing: 'any' }));
  }
}

/** Two handlers of one app: a lane each. */
class Lanes {
  readonly interactive: string[] = [];
  readonly bulk: string[] = [];
  inBulk: () => Promise<void> | void = () => undefined;
}

@Consumer()
class TwoLanes {
  constructor(private readonly lanes: Lanes) {}

  @On('certificate.requested')
  async makeOne(@Payload() events: CertificateRequested[], @Ctx() _slice: Slice): Promise<void> {
    this.lanes.interactive.push(...events.map(({ id }) => id));
  }

  @On('certificate.requested.bulk')
  async makeMany(@Payload() events: CertificateRequested[], @Ctx() _slice: Slice): Promise<void> {
    await this.lanes.inBulk();
    this.lanes.bulk.push(...events.map(({ id }) => id));
  }
}

function request(topic: 'certificate.requested' | 'certificate.requested.bulk', id: string): OutgoingRecord {
  const [data] = certificateRequested.examples;
  if (!data) throw new Error('the contract has no example');
  const type = certificateRequested.type;
  const names = { id, source: 'urn:test', type, time: new Date(), tenantId: 'acme', correlationId: id };
  return { topic, key: certificateRequested.key.from('acme', data), ...encodeEvent({ ...names, data }) };
}

/** What handlers may choose, and what several of them in one process mean to each other. */
export function handlerBehaviours(suite: SuiteOptions): void {
  const scenario = scenarios(suite);

  scenario('a handler with a key of its own sees an event again, and its key absorbs it', async (scene) => {
    const { records, ledger } = completions({ learners: 5, each: 2 });
    await sendRecords(scene.broker, [...records, ...records]);
    await scene.start({ consumers: [OwnKey] });
    await waitFor(
      'both deliveries',
      () => scene.script.seen.length,
      (seen) => seen === 2 * ledger.total,
    );
    await waitFor(
      'the offsets',
      () => scene.lag(),
      (lag) => lag === 0,
    );
    const inbox = await scene.dataSource.query<unknown[]>('SELECT 1 FROM inbox');
    expect(inbox).toEqual([]);
  });

  scenario(
    'a handler that opens its own transactions is redelivered to, and its culprits are buried',
    async (scene) => {
      const { records, ledger } = completions({ learners: 5, each: 2 });
      const [culprit] = records;
      let failures = 0;
      scene.script.act = (events, slice) => {
        if (failures++ === 0) throw new Error('a bug that passes');
        for (const event of events) if (event.id === culprit?.headers.ce_id) slice.reject(event, 'permanent', 'is bad');
      };
      await sendRecords(scene.broker, records);
      const unitOfWork = new UnitOfWork(scene.dataSource);
      await scene.start({ consumers: [OwnTransaction], providers: [{ provide: UnitOfWork, useValue: unitOfWork }] });
      const report = await scene.settle(ledger, ledger.total - 1);
      expect(report).toMatchObject({ doubled: [], outOfOrder: [] });
      expect(report.lost).toHaveLength(1);
      const dead = await waitFor(
        'the letter',
        () => scene.letters(),
        ({ length }) => length > 0,
        { interval: 100 },
      );
      expect(dead.map(({ reason }) => reason)).toEqual(['is bad']);
    },
  );

  scenario(
    'a handler that hangs, and one that is stopped, hold back no other handler of the process',
    async (scene) => {
      const lanes = new Lanes();
      const gate = closedGate();
      lanes.inBulk = () => gate.pass();
      const member = await scene.start({ consumers: [TwoLanes], providers: [{ provide: Lanes, useValue: lanes }] });
      const send = (topic: 'certificate.requested' | 'certificate.requested.bulk', prefix: string, count: number) =>
        sendRecords(
          scene.broker,
          Array.from({ length: count }, (_, at) => request(topic, `${prefix}-${at}`)),
        );
      await send('certificate.requested.bulk', 'hanging', 1);
      await gate.reached(1);
      await send('certificate.requested', 'first', 5);
      await waitFor(
        'the first five',
        () => lanes.interactive.length,
        (count) => count === 5,
      );
      expect(lanes.bulk).toEqual([]);
      lanes.inBulk = () => {
        throw new Error('a release that is broken');
      };
      gate.open();
      await send('certificate.requested.bulk', 'broken', 30);
      const stateOf = (group: string) => member.health().find((health) => health.group.endsWith(group))?.state;
      await waitFor(
        'the bulk lane to stop',
        () => stateOf('requested.bulk'),
        (state) => state === 'stopped',
      );
      await send('certificate.requested', 'second', 5);
      await waitFor(
        'the next five',
        () => lanes.interactive.length,
        (count) => count === 10,
      );
      expect(lanes.interactive).toEqual(
        [0, 1, 2, 3, 4].flatMap((at) => `first-${at}`).concat([0, 1, 2, 3, 4].map((at) => `second-${at}`)),
      );
      expect(stateOf('certificate.requested')).toBe('works');
      expect(member.stuck).toEqual([]);
    },
    { app: 'certificate-generator' },
  );

  scenario(
    'a new consumer waits for the broker, then works; a refusal by the contract is no bug of the code',
    async (scene) => {
      const { records, ledger } = completions({ learners: 30, each: 1 });
      // More than 20 in a row, but of records: the group goes on.
      scene.script.act = (events) => {
        if (events.some(({ data }) => data.batchId === 'refused')) throw new PermanentError('batchId: is refused');
      };
      const refused = completions({ learners: 30, each: 1, batchId: 'refused' });
      await sendRecords(scene.broker, refused.records);
      await sendRecords(scene.broker, records);
      const member = await scene.start();
      expect(await scene.settle(ledger)).toEqual(clean);
      await waitFor(
        'work',
        () => member.health(),
        (health) => health.every(({ state }) => state === 'works'),
      );
      expect(
        await waitFor(
          'the letters',
          () => scene.letters(),
          ({ length }) => length >= 30,
          { interval: 100 },
        ),
      ).toHaveLength(30);
    },
  );
}
