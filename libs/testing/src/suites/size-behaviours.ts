import { expect } from 'vitest';
import { completion } from '../records/completion.ts';
import { completions } from '../records/completions.ts';
import { sendRecords } from '../records/send-records.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { scenarios } from './scenarios.ts';
import type { SuiteOptions } from './suite-options.ts';

/** A little less than the broker's 1 MB, which counts keys, headers and framing too. */
const nearlyOneMegabyte = 1_047_000;

/** Records at the limits of what a broker takes. */
export function sizeBehaviours(suite: SuiteOptions): void {
  const scenario = scenarios(suite);

  scenario('a record of nearly 1 MB arrives, and a malformed one is buried as it came', async (scene) => {
    const large = completion({ tenantId: 'acme', batchId: 'batch-1', learnerId: 'large', score: 0 });
    // Consumers are tolerant: a member that nobody knows is dropped.
    const value = JSON.stringify({
      ...(JSON.parse(String(large.value)) as object),
      padding: 'x'.repeat(nearlyOneMegabyte),
    });
    const malformed = { ...large, value: Buffer.alloc(nearlyOneMegabyte, 0xff) };
    const { records, ledger } = completions({ learners: 5, each: 2 });
    await sendRecords(scene.broker, [malformed]);
    await sendRecords(scene.broker, [{ ...large, value }]);
    await sendRecords(scene.broker, records);
    await scene.start();
    await scene.settle(ledger, ledger.total + 1);
    expect(scene.script.timesSeen(String(large.headers.ce_id))).toBe(1);
    const [letter] = await waitFor(
      'the letter',
      () => scene.letters(),
      ({ length }) => length > 0,
      { interval: 100 },
    );
    expect(letter?.record.value?.equals(malformed.value)).toBe(true);
  });

  scenario('an outbox row that the broker never takes moves aside, and its followers go on in order', async (scene) => {
    const { relay, dataSource } = await scene.start();
    const row = (value: string) => ['proof.recorded', 'key', value, '{"kind":"test"}', Buffer.byteLength(value)];
    const rows = ['1', '2', 'x'.repeat(1_200_000), '3', '4', '5'].map(row);
    await dataSource.query(
      `INSERT INTO outbox (lane, topic, key, value, headers, bytes)
       SELECT 0, * FROM unnest($1::text[], $2::text[], $3::text[], $4::json[], $5::integer[])`,
      [0, 1, 2, 3, 4].map((column) => rows.map((one) => one[column])),
    );
    relay.nudge();
    const left = () => dataSource.query<{ left: number }[]>('SELECT count(*)::int AS left FROM outbox');
    await waitFor('the outbox to be empty', left, ([counted]) => counted?.left === 0);
    const sent = (await scene.admin.read('proof.recorded')).map(({ value }) => String(value));
    // A failed send may have brought some of them: copies are absorbed by whoever reads, the order of the firsts counts.
    expect([...new Set(sent)]).toEqual(['1', '2', '3', '4', '5']);
    const rejected = await dataSource.query<{ bytes: number; reason: string }[]>(
      'SELECT length(value) AS bytes, reason FROM outbox_rejected',
    );
    expect(rejected).toEqual([{ bytes: 1_200_000, reason: 'MESSAGE_TOO_LARGE' }]);
  });
}
