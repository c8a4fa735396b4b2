import {
  completions,
  freePort,
  ProofChain,
  type ProofDatabases,
  proofDatabases,
  type Servers,
  startServers,
  TcpProxy,
  waitFor,
} from '@laurel/testing';
import { beforeAll, describe, expect, inject, test } from 'vitest';

const nothing = { lost: [], doubled: [], outOfOrder: [] };
const right = { recorder: nothing, counter: nothing };

let databases: ProofDatabases;

beforeAll(async () => {
  databases = await proofDatabases(inject('stack').postgresUrl);
});

describe('members come and go in mid-flight: nothing is lost, nothing doubled, no partition stands', () => {
  test.concurrent('one joins, the first one leaves', { timeout: 90_000 }, async () => {
    const chain = await ProofChain.prepare({ brokers: inject('stack').brokers, databases });
    try {
      const { records, ledger } = completions({ learners: 200, each: 10 });
      const [first] = await Promise.all([chain.ready('proof-recorder'), chain.ready('proof-counter')]);
      const second = await chain.start('proof-recorder');
      for (let at = 0; at < records.length; at += 100) {
        await chain.send(records.slice(at, at + 100));
        if (at === 1_000) {
          await chain.isReady(second);
          first.process.signal('SIGTERM');
        }
      }
      expect(await first.process.end()).toBe(0);
      expect(await chain.settled(ledger)).toEqual(right);
    } finally {
      await chain.stop();
    }
  });

  test.concurrent('two of four are killed under load, whatever they are doing', { timeout: 120_000 }, async () => {
    const chain = await ProofChain.prepare({ brokers: inject('stack').brokers, databases });
    try {
      const { records, ledger } = completions({ learners: 200, each: 10 });
      const [recorder, counter] = await Promise.all([
        chain.ready('proof-recorder'),
        chain.ready('proof-counter'),
        chain.ready('proof-recorder'),
        chain.ready('proof-counter'),
      ]);
      await chain.send(records);
      await waitFor(
        'some effects',
        () => chain.counted(),
        (count) => count > 0,
        { interval: 2 },
      );
      recorder.process.signal('SIGKILL');
      counter.process.signal('SIGKILL');
      expect(await chain.settled(ledger)).toEqual(right);
    } finally {
      await chain.stop();
    }
  });
});

describe('the network between the services and the broker', () => {
  test('answers are lost while rows go on coming: nothing is lost, the order kept', { timeout: 120_000 }, async () => {
    const { servers, proxy } = await behindProxy();
    const chain = await ProofChain.prepare({
      brokers: [servers.kafka.brokers],
      serviceBrokers: [`127.0.0.1:${proxy.port}`],
      databases,
    });
    try {
      await Promise.all([chain.ready('proof-recorder'), chain.ready('proof-counter')]);
      const { records, ledger } = completions({ learners: 200, each: 10 });
      const half = records.length / 2;
      await chain.send(records.slice(0, half));
      await waitFor(
        'the first effects',
        () => chain.recorded(),
        (count) => count > 0,
        { interval: 2 },
      );
      // Now the broker takes what the relay sends, and the relay cannot know it.
      proxy.loseAnswers();
      await chain.send(records.slice(half));
      await waitFor(
        'sends without an answer',
        () => chain.waiting(),
        (rows) => rows > 0,
      );
      proxy.restore();
      expect(await chain.settled(ledger)).toEqual(right);
      proxy.slow(30);
      const late = completions({ learners: 50, each: 1, label: 'slow' });
      ledger.include(late.ledger);
      await chain.send(late.records);
      expect(await chain.settled(ledger)).toEqual(right);
    } finally {
      await chain.stop();
      await proxy.stop();
      await servers.stop();
    }
  });
});

/** A broker that services reach through a proxy only. */
async function behindProxy(): Promise<{ servers: Servers; proxy: TcpProxy }> {
  const [inside, outside] = await Promise.all([freePort(), freePort()]);
  const servers = await startServers({ proxied: { port: inside, advertisedPort: outside } });
  const proxy = await TcpProxy.start({ host: '127.0.0.1', port: inside }, outside);
  return { servers, proxy };
}
