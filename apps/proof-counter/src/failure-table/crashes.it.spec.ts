import { completions, ProofChain, type ProofDatabases, proofDatabases } from '@laurel/testing';
import { beforeAll, describe, expect, inject, test } from 'vitest';

const nothing = { lost: [], doubled: [], outOfOrder: [] };
const right = { recorder: nothing, counter: nothing };

let databases: ProofDatabases;

beforeAll(async () => {
  databases = await proofDatabases(inject('stack').postgresUrl);
});

/** 2,000 records go through the chain while the recorder kills itself at the moment given; then it is started again. */
async function killed(crashPoint: string) {
  const chain = await ProofChain.prepare({ brokers: inject('stack').brokers, databases });
  try {
    const { records, ledger } = completions({ learners: 200, each: 10 });
    await chain.send(records);
    const [victim] = await Promise.all([chain.start('proof-recorder', crashPoint), chain.ready('proof-counter')]);
    expect(await victim.process.end()).toBe('SIGKILL');
    await chain.start('proof-recorder');
    return await chain.settled(ledger);
  } finally {
    await chain.stop();
  }
}

describe('the process is killed', () => {
  test.concurrent.each([
    ['in a handler, before the commit', 'slice.in-transaction=kill@3'],
    ['after the commit, before the offset', 'slice.after-commit=kill@3'],
    ['after the offset', 'slice.after-offsets=kill@3'],
    ['after the commit, before the relay sends', 'relay.before-send=kill@2'],
    ['after the send, before the delete', 'relay.after-send=kill@2'],
  ])('%s: nothing is lost, nothing doubled, the order kept', { timeout: 90_000 }, async (_, crashPoint) => {
    expect(await killed(crashPoint)).toEqual(right);
  });
});
