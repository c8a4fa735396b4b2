import { batchUpdated, enrolmentId, stableUuid } from '@laurel/contracts';
import { type Broker, neededTopics, type OutgoingRecord } from '@laurel/messaging';
import { createDataSource } from '@laurel/persistence';
import { createDatabase, createTopics, freePort, sendRecords, ServiceProcess, startTokens } from '@laurel/testing';
import { type Tokens, waitFor } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';

/** Learners of the race; the same test is worth running with 1,000. */
const learners = 300;
const handled = ['course.completed', 'assessment.scored', 'batch.updated', 'learner.updated'] as const;

let tokens: Tokens;
let url: string;
let dataSource: DataSource;
let broker: Broker;
let environment: Record<string, string>;
const running: { process: ServiceProcess; port: number }[] = [];

beforeAll(async () => {
  const { brokers, postgresUrl } = inject('stack');
  [tokens, url] = await Promise.all([startTokens(), createDatabase(postgresUrl, 'evaluators')]);
  const topics = await createTopics(brokers, neededTopics('rule-evaluator', handled));
  broker = topics.broker;
  environment = {
    LAUREL_ENV: 'test',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    KAFKA_BROKERS: brokers.join(','),
    KAFKA_SESSION_TIMEOUT: '6000',
    TOPIC_PREFIX: topics.prefix,
    DATABASE_URL: url,
    ...tokens.settings,
  };
  const migration = new ServiceProcess('rule-evaluator', environment, ['migrate']);
  expect([await migration.end(), migration.output]).toEqual([0, expect.anything()]);
  dataSource = createDataSource({ url, applicationName: 'test', log: { warn: () => undefined } });
  await dataSource.initialize();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ process }) => process.stop()));
});
afterAll(async () => {
  await dataSource.destroy();
  await tokens.stop();
});

async function start(crashPoints = ''): Promise<{ process: ServiceProcess; port: number }> {
  const port = await freePort();
  const process = new ServiceProcess('rule-evaluator', { ...environment, PORT: `${port}`, CRASH_POINTS: crashPoints });
  const service = { process, port };
  running.push(service);
  const isReady = async () => (process.hasEnded ? process.output : (await fetch(at(service, '/health/ready'))).ok);
  await waitFor('an evaluator to be ready', isReady, (ready) => ready === true, { timeout: 60_000 });
  return service;
}
const at = ({ port }: { port: number }, path: string) => `http://127.0.0.1:${port}${path}`;

/** What a page of decisions, or the counts, may hold. */
interface Answer {
  readonly items: { readonly learnerId: string }[];
  readonly next?: string;
  readonly eligible: number;
  readonly reevaluations: number;
}

async function get(service: { port: number }, path: string, tenant: string): Promise<Answer> {
  const answer = await fetch(at(service, path), { headers: { ...(await tokens.of(tenant, 'viewer')) } });
  return (await answer.json()) as Answer;
}

let ids = 0;
/** A CloudEvent as the LMS of Laurel writes it. */
function record(
  topic: (typeof handled)[number],
  tenant: string,
  key: string,
  data: object,
  sequence?: number,
): OutgoingRecord {
  return {
    topic,
    key,
    value: JSON.stringify(data),
    headers: {
      ce_specversion: '1.0',
      ce_type: `${topic}.v1`,
      ce_source: '/laurel/lms',
      ce_id: `e-${++ids}`,
      ce_tenantid: tenant,
      ...(sequence === undefined ? {} : { ce_sequence: `${sequence}` }),
    },
  };
}
const completed = (tenant: string, batchId: string, learnerId: string, more = {}) =>
  record('course.completed', tenant, enrolmentId(tenant, batchId, learnerId), {
    batchId,
    learnerId,
    completedAt: '2026-03-01T12:00:00Z',
    ...more,
  });
const scored = (tenant: string, batchId: string, learnerId: string) => {
  const id = enrolmentId(tenant, batchId, learnerId);
  const attempt = { assessmentId: 'final', attemptId: '1', score: 75, scoredAt: '2026-03-01T12:00:00Z' };
  return record('assessment.scored', tenant, id, { enrolmentId: id, batchId, learnerId, ...attempt });
};
const named = (tenant: string, learnerId: string) =>
  record('learner.updated', tenant, stableUuid(tenant, 'learner', learnerId), { learnerId, name: 'आशा' }, 1);
const batch = (tenant: string, batchId: string, sequence = 1, criteria?: object) => {
  const [example] = batchUpdated.examples;
  const awards = example?.awards.map((award) => ({ ...award, criteria: criteria ?? award.criteria }));
  const key = stableUuid(tenant, 'batch', batchId);
  return record('batch.updated', tenant, key, { ...example, batchId, awards }, sequence);
};

/** Waits until a tenant's completions are all decided and said. @returns the keys of what was requested, once for each event: one that is killed between send and delete sends the same event again */
async function settled(service: { port: number }, tenant: string, eligible: number): Promise<string[]> {
  const admin = await broker.admin();
  try {
    await waitFor(
      `${eligible} requests`,
      async () => ({
        ...(await get(service, '/counts', tenant)),
        outbox: (await dataSource.query<unknown[]>('SELECT 1 FROM outbox LIMIT 1')).length,
        lag: (await Promise.all(handled.map((topic) => admin.lag(`rule-evaluator.${topic}`, topic)))).join(),
      }),
      (seen) => seen.eligible >= eligible && seen.reevaluations === 0 && seen.outbox === 0 && seen.lag === '0,0,0,0',
      { timeout: 60_000, interval: 100 },
    );
    const records = (
      await Promise.all(['certificate.requested', 'certificate.requested.bulk'].map((topic) => admin.read(topic)))
    ).flat();
    const own = records.filter(({ headers }) => String(headers.ce_tenantid) === tenant);
    return [...new Map(own.map(({ key, headers }) => [String(headers.ce_id), String(key)])).values()];
  } finally {
    await admin.close();
  }
}

describe('two evaluators', () => {
  test(
    'facts, batches and learners arrive at the same instant: a certificate for each, once',
    { timeout: 150_000 },
    async () => {
      const [one, two] = await Promise.all([start(), start()]);
      const all = Array.from({ length: learners }, (_, index) => ({
        learnerId: `L${index}`,
        batchId: `b${index % 30}`,
      }));
      const isEarly = ({ batchId }: { batchId: string }) => Number(batchId.slice(1)) < 15;
      const states = (of: typeof all) => [
        [...new Set(of.map(({ batchId }) => batchId))].map((batchId) => batch('demo', batchId)),
        of.map(({ learnerId }) => named('demo', learnerId)),
      ];
      await Promise.all(states(all.filter(isEarly)).map((records) => sendRecords(broker, records)));
      await waitFor(
        'the early half of batches and learners',
        () => dataSource.query<{ n: number }[]>('SELECT count(*)::int AS n FROM learner WHERE name IS NOT NULL'),
        ([row]) => row?.n === learners / 2,
      );
      const late = all.filter((learner) => !isEarly(learner));
      const facts = [
        all.map(({ batchId, learnerId }) => completed('demo', batchId, learnerId)),
        all.map(({ batchId, learnerId }) => scored('demo', batchId, learnerId)),
      ];
      await Promise.all([...facts, ...states(late)].map((records) => sendRecords(broker, records)));

      const requested = await settled(one, 'demo', learners);
      expect([requested.length, new Set(requested).size]).toEqual([learners, learners]);
      expect(await get(two, '/counts', 'demo')).toMatchObject({ completed: learners, withheld: 0, waiting: 0 });

      const pages: { learnerId: string }[] = [];
      for (let next: string | undefined = ''; next !== undefined;) {
        const answer = await get(two, `/v1/decisions?limit=100${next && `&cursor=${next}`}`, 'demo');
        pages.push(...answer.items);
        next = answer.next;
      }
      expect(new Set(pages.map(({ learnerId }) => learnerId)).size).toBe(learners);
      const { items } = await get(two, '/v1/decisions?learnerId=L7&batchId=b7&outcome=eligible', 'demo');
      expect(items).toEqual([
        expect.objectContaining({ awardId: 'a-1', awardVersion: 1, outcome: 'eligible', clauses: expect.any(Array) }),
      ]);
      expect((await get(two, '/v1/decisions', 'demo-two')).items).toEqual([]);
      expect(await get(two, '/v1/decisions?outcome=lost', 'demo')).toMatchObject({ status: 400 });
    },
  );

  test(
    'one is killed in a re-evaluation: another goes on where it stopped, nothing twice; a broken award is refused',
    { timeout: 150_000 },
    async () => {
      const victim = await start('reevaluation.in-transaction=kill@3');
      const all = Array.from({ length: 500 }, (_, index) => `L${index}`);
      await Promise.all([
        sendRecords(
          broker,
          all.map((learnerId) => completed('demo-two', 'b', learnerId, { score: 60 })),
        ),
        sendRecords(
          broker,
          all.map((learnerId) => named('demo-two', learnerId)),
        ),
      ]);
      await waitFor(
        'all of them to wait for their batch, with a name',
        () =>
          dataSource.query<{ n: number }[]>(
            `SELECT count(*)::int AS n FROM decision JOIN learner USING (tenant_id, learner_id)
           WHERE tenant_id = 'demo-two' AND waiting_for = 'batch' AND name IS NOT NULL`,
          ),
        ([row]) => row?.n === all.length,
      );
      await sendRecords(broker, [
        batch('demo-two', 'b', 1),
        batch('demo-two', 'b', 2, { score: { final: { '>=': '60' } } }),
      ]);
      expect(await victim.process.end()).toBe('SIGKILL');
      const [before] = await dataSource.query<[{ eligible: number; job: string }]>(
        `SELECT count(*)::int AS eligible, (SELECT done_to FROM reevaluation) AS job FROM decision
       WHERE tenant_id = 'demo-two' AND outcome = 'eligible'`,
      );
      expect(before).toEqual({ eligible: 400, job: 'L458' });

      const other = await start();
      const requested = await settled(other, 'demo-two', all.length);
      expect([requested.length, new Set(requested).size]).toEqual([500, 500]);
      const admin = await broker.admin();
      try {
        const letters = await admin.read('rule-evaluator.batch.updated.dlq');
        expect(letters.map(({ headers }) => Object.values(headers).map(String))).toEqual([
          expect.arrayContaining([
            expect.stringContaining('awards.0.criteria: score.final.>=: must be a number from 0 to 100'),
          ]),
        ]);
      } finally {
        await admin.close();
      }
    },
  );
});
