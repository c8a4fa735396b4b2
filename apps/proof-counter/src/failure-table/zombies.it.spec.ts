import { completions, ProofChain, type ProofDatabases, proofDatabases, waitFor, watchMachine } from '@laurel/testing';
import { beforeAll, describe, expect, inject, test } from 'vitest';

const nothing = { lost: [], doubled: [], outOfOrder: [] };
const right = { recorder: nothing, counter: nothing };

let databases: ProofDatabases;

beforeAll(async () => {
  databases = await proofDatabases(inject('stack').postgresUrl);
});

/**
 * Of two recorders one stops (SIGSTOP) at the moment given, for longer than its session, while 2,000 records come; then
 * it goes on.
 *
 * @returns how long after the stop the other one had done it all, in seconds, how long a machine as busy as this may take, and the effects in the end
 */
async function stopped(crashPoint: string, most: number) {
  const chain = await ProofChain.prepare({ brokers: inject('stack').brokers, databases });
  try {
    const { records, ledger } = completions({ learners: 180, each: 10 });
    const [sleeper] = await Promise.all([
      chain.ready('proof-recorder', crashPoint),
      chain.ready('proof-recorder'),
      chain.ready('proof-counter'),
    ]);
    const sent = chain.send(records);
    await sleeper.process.stopped();
    const since = Date.now();
    const allowed = watchMachine();
    await sent;
    await waitFor(
      'all effects while one sleeps',
      () => chain.counted(),
      (count) => count >= ledger.total,
    );
    const seconds = (Date.now() - since) / 1_000;
    const limit = allowed(most);
    sleeper.process.signal('SIGCONT');
    await chain.isReady(sleeper);
    // Records that come now reach both services once, whoever of the two takes them.
    const late = completions({ learners: 200, each: 1, label: 'late' });
    ledger.include(late.ledger);
    await chain.send(late.records);
    return { seconds, limit, settled: await chain.settled(ledger) };
  } finally {
    await chain.stop();
  }
}

describe('a process stands still for longer than its session', () => {
  // 6 s until the session is over, or 12 s until the lock of the relay is free, and a second or two for the work.
  test.concurrent.each([
    ['before its transaction', 'slice.before-transaction=stop', 12],
    ['in its transaction', 'slice.in-transaction=stop', 12],
    ['after its transaction, before the offset', 'slice.after-commit=stop', 12],
    ['while it holds the lock of the relay', 'relay.before-send=stop', 15],
  ])(
    '%s: another goes on, every effect once, the sleeper rejoins',
    { timeout: 120_000 },
    async (_, crashPoint, most) => {
      const { seconds, limit, settled } = await stopped(crashPoint, most);
      expect(settled).toEqual(right);
      expect(seconds).toBeLessThan(limit);
    },
  );
});
