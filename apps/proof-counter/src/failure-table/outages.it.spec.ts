import type { HealthReport } from '@laurel/service-kit';
import {
  type ChainService,
  type Completions,
  completions,
  probeKafka,
  probePostgres,
  ProofChain,
  proofDatabases,
  type Servers,
  startServers,
  waitFor,
  watchMachine,
} from '@laurel/testing';
import { describe, expect, test } from 'vitest';

const nothing = { lost: [], doubled: [], outOfOrder: [] };
const right = { recorder: nothing, counter: nothing };

/** A dependency that goes away and comes back. */
interface Outage {
  readonly dependency: 'kafka' | 'postgres';
  begin(servers: Servers): Promise<void>;
  end(servers: Servers): Promise<void>;
}

const kafkaKilled: Outage = {
  dependency: 'kafka',
  begin: (servers) => servers.kafka.kill(),
  end: (servers) => servers.startKafkaAgain(),
};
const kafkaHung: Outage = {
  dependency: 'kafka',
  begin: async (servers) => void process.kill(servers.kafka.pid, 'SIGSTOP'),
  end: async (servers) => void process.kill(servers.kafka.pid, 'SIGCONT'),
};
const postgresKilled: Outage = {
  dependency: 'postgres',
  begin: (servers) => servers.postgres.kill(),
  end: (servers) => servers.startPostgresAgain(),
};

/**
 * A chain at work meets one outage after the other, each for so many seconds.
 *
 * @returns for each the seconds from the dependency's first answer to the effect of a record that waited for it, and how many a machine as busy as this may take
 */
async function survive(servers: Servers, outages: readonly (readonly [Outage, number])[]) {
  const databases = await proofDatabases(servers.postgres.url());
  const chain = await ProofChain.prepare({ brokers: [servers.kafka.brokers], databases });
  try {
    const services = await Promise.all([chain.ready('proof-recorder'), chain.ready('proof-counter')]);
    const { records, ledger } = completions({ learners: 200, each: 10 });
    const part = Math.ceil(records.length / (outages.length + 1));
    const back: { seconds: number; most: number }[] = [];
    for (const [index, [outage, seconds]] of outages.entries()) {
      // These are under way when the dependency goes.
      await chain.send(records.slice(index * part, (index + 1) * part));
      await outage.begin(servers);
      const since = Date.now();
      const marker = completions({ learners: 1, each: 1, label: `marker-${index}` });
      ledger.include(marker.ledger);
      if (outage.dependency === 'postgres') await chain.send(marker.records);
      await waitFor('every consumer to say what it waits for', () => states(services), allWaitFor(outage));
      await waitFor(
        'the outage to last',
        () => Date.now() - since,
        (passed) => passed >= seconds * 1_000,
        {
          timeout: seconds * 1_000 + 1_000,
        },
      );
      await outage.end(servers);
      back.push(await timeToEffect(chain, servers, outage, marker));
    }
    await chain.send(records.slice(outages.length * part));
    return { back, settled: await chain.settled(ledger), exits: services.map(({ process }) => process.hasEnded) };
  } finally {
    await chain.stop();
  }
}

/** What each service says of its consumer. */
async function states(services: readonly ChainService[]): Promise<string[]> {
  const reports = await Promise.all(
    services.map(async ({ url, process }) => {
      if (process.hasEnded) throw new Error(`${process.app} has ended:\n${process.output}`);
      return (await fetch(`${url}/health/ready`)).json() as Promise<HealthReport>;
    }),
  );
  return reports.flatMap(({ consumers }) => consumers.map(({ state, on }) => `${state} ${on}`));
}

/** Of PostgreSQL only the recorder can know: nothing comes to the counter while the recorder waits. */
const allWaitFor =
  ({ dependency }: Outage) =>
  (seen: string[]) =>
    dependency === 'kafka' ? seen.every((state) => state === 'waits kafka') : seen.includes('waits postgres');

async function timeToEffect(chain: ProofChain, servers: Servers, outage: Outage, marker: Completions) {
  const [host = '', port = ''] = servers.kafka.brokers.split(':');
  const answers = () =>
    outage.dependency === 'kafka' ? probeKafka(host, Number(port)) : probePostgres(servers.postgres.url());
  await waitFor(`${outage.dependency} to answer`, answers, Boolean);
  const since = Date.now();
  const allowed = watchMachine();
  if (outage.dependency === 'kafka') await chain.send(marker.records);
  const [{ key } = { key: null }] = marker.records;
  const count = () =>
    chain.query<{ n: number }>('proof-recorder', 'SELECT count(*)::int AS n FROM recording WHERE enrolment_id = $1', [
      key,
    ]);
  await waitFor('the first effect after the outage', count, ([row]) => row?.n === 1);
  return { seconds: (Date.now() - since) / 1_000, most: allowed(3) };
}

describe('a dependency is away: consumers wait, nothing is lost or buried, work goes on within 3 s', () => {
  test.concurrent('the broker, killed and hung', { timeout: 240_000 }, async () => {
    const servers = await startServers({ durable: true });
    try {
      expectRight(
        await survive(servers, [
          [kafkaKilled, 5],
          [kafkaHung, 20],
          [kafkaKilled, 60],
        ]),
      );
    } finally {
      await servers.stop();
    }
  });

  test.concurrent('PostgreSQL, killed', { timeout: 240_000 }, async () => {
    const servers = await startServers({ durable: true });
    try {
      expectRight(
        await survive(servers, [
          [postgresKilled, 5],
          [postgresKilled, 60],
        ]),
      );
    } finally {
      await servers.stop();
    }
  });
});

function expectRight({ back, settled, exits }: Awaited<ReturnType<typeof survive>>): void {
  expect(settled).toEqual(right);
  expect(exits).toEqual([false, false]);
  for (const { seconds, most } of back) expect(seconds).toBeLessThan(most);
}
