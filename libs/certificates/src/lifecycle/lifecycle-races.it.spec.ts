import { type CertificateRequested, certificateRequested } from '@laurel/contracts';
import { CreateOutbox1770000000001, Outbox } from '@laurel/messaging';
import { createDataSource, migrate, type Transaction, UnitOfWork } from '@laurel/persistence';
import { createDatabase, waitFor } from '@laurel/testing';
import type { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { allocateCertificates } from '../allocation/allocate-certificates.ts';
import { resolveIssueNumbers } from '../allocation/resolve-issue-numbers.ts';
import type { CertificateRow } from '../certificates/certificate-row.ts';
import type { CertificateState } from '../certificates/certificate-state.ts';
import { certificateMigrations } from '../migrations/certificate-migrations.ts';
import { settleCertificates } from '../settlement/settle-certificates.ts';
import type { CertificateChanges } from './certificate-changes.ts';
import { judgeRace, type RaceAnswer, type RaceRecord } from './judge-race.spec.ts';
import { PausedActor } from './paused-actor.spec.ts';
import { reinstateCertificates } from './reinstate-certificates.ts';
import { requestReplacement } from './request-replacement.ts';
import { retryCertificate } from './retry-certificate.ts';
import { revokeCertificates } from './revoke-certificates.ts';
import { suspendCertificates } from './suspend-certificates.ts';
import { withdrawCertificates } from './withdraw-certificates.ts';

const rounds = 500;
/** Another one every time; it stands in the name of the test. To repeat a run, write its seed here. */
const seed = Date.now() % 1_000_000_000;
const tenantId = 'acme';
const now = new Date('2026-11-21T12:00:00Z');
const [example] = certificateRequested.examples;
const outbox = new Outbox('certificate-registry', () => undefined);

let owner: DataSource;
let unitOfWork: UnitOfWork;
let sources: DataSource[];
let actors: [PausedActor, PausedActor];

beforeAll(async () => {
  const url = await createDatabase(inject('stack').postgresUrl, 'races');
  const migrations = [CreateOutbox1770000000001, ...certificateMigrations];
  const log = { warn: () => undefined };
  owner = createDataSource({ url, applicationName: 'owner', poolSize: 3, migrations, log });
  await migrate(owner);
  unitOfWork = new UnitOfWork(owner);
  sources = ['one', 'two'].map((name) => createDataSource({ url, applicationName: name, poolSize: 1, log }));
  for (const source of sources) await source.initialize();
  actors = [await PausedActor.of(sources[0]!), await PausedActor.of(sources[1]!)];
});

afterAll(async () => {
  for (const source of sources) await source.destroy();
  await owner.destroy();
});

/** Numbers from 0 to below 1, the same of the same seed (a linear congruence; nothing here needs a better one). */
function randomOf(from: number): () => number {
  let state = from;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
const random = randomOf(seed);
const below = (limit: number) => Math.floor(random() * limit);
const oneOf = <Value>(values: readonly Value[]) => values[below(values.length)]!;

const operations = ['revoke', 'suspend', 'reinstate', 'withdraw', 'reissue', 'issue', 'retry'] as const;
const changes = {
  revoke: revokeCertificates,
  suspend: suspendCertificates,
  reinstate: reinstateCertificates,
  withdraw: withdrawCertificates,
};
const beginnings = ['allocated', 'issued', 'suspended', 'failed', 'withdrawn', 'revoked'] as const;
/** The states in which an operation has something to do: most rounds begin there. */
const fitting: Readonly<Record<RaceAnswer['operation'], readonly (typeof beginnings)[number][]>> = {
  revoke: ['allocated', 'issued', 'suspended'],
  suspend: ['issued', 'suspended'],
  reinstate: ['suspended'],
  withdraw: ['allocated'],
  reissue: ['issued', 'suspended', 'revoked', 'withdrawn'],
  issue: ['allocated'],
  retry: ['failed'],
};

const requestOf = (learnerId: string, data: object = {}) =>
  ({
    ...{ id: v7(), source: '/test', type: 'certificate.requested.v1', time: now, correlationId: 'c-1', tenantId },
    data: {
      ...{ ...example, requestId: v7(), occasion: { batchId: 'b', learnerId }, issuerId: v7() },
      ...{ recipient: { learnerId, name: 'Asha' }, issue: { kind: 'first' }, ...data },
    },
  }) as CertificateRequested;

async function allocate(transaction: Transaction, requests: CertificateRequested[]) {
  const { numbered } = await resolveIssueNumbers(transaction, requests);
  return allocateCertificates(transaction, numbered, { now, keysOf: () => ({ kid: 'k', integrityKid: 'i' }) });
}

const made = ({ id, version }: Pick<CertificateRow, 'id' | 'version'>) => ({
  ...{ id, version, credential: 'jwt', credential_sha256: 'c', pdf_sha256: 'p', pdf_object: 'o' },
});
const settle = (transaction: Transaction, row: Pick<CertificateRow, 'id' | 'version'>) =>
  settleCertificates(transaction, { made: [made(row)], failed: [] }, { actor: 'generator', now });

/** Certificates of so many occasions, each in a state in which a round begins. */
async function prepare(states: readonly CertificateState[], name = 'L'): Promise<CertificateRow[]> {
  const rows = await unitOfWork.run((transaction) =>
    allocate(
      transaction,
      states.map((_, index) => requestOf(`${name}-${index}`)),
    ),
  );
  const of = new Map(rows.map((row) => [row.recipient_learner_id, row]));
  const ordered = states.map((state, index) => ({ state, row: of.get(`${name}-${index}`)! }));
  const idsOf = (...wanted: CertificateState[]) =>
    ordered.filter(({ state }) => wanted.includes(state)).map(({ row }) => row);
  const told = (ids: { id: string }[]): CertificateChanges => ({
    ...{ tenantId, actor: 'before', changes: ids.map(({ id }) => ({ certificateId: id, reason: 'before' })) },
  });
  await unitOfWork.run(async (transaction) => {
    const failed = idsOf('failed').map(({ id, version }) => ({
      ...{ id, version, failure_type: 'does-not-fit', failure_reason: 'too wide' },
    }));
    const live = idsOf('issued', 'suspended', 'revoked').map(made);
    await settleCertificates(transaction, { made: live, failed }, { actor: 'generator', now });
    await suspendCertificates(transaction, outbox, told(idsOf('suspended')));
    await revokeCertificates(transaction, outbox, told(idsOf('revoked')));
    await withdrawCertificates(transaction, outbox, told(idsOf('withdrawn')));
    await transaction.query('DELETE FROM outbox');
  });
  const ids = ordered.map(({ row }) => row.id);
  const found = await owner.query<CertificateRow[]>('SELECT * FROM certificate WHERE id = ANY($1)', [ids]);
  return ids.map((id) => found.find((row) => row.id === id)!);
}

/** Does one operation as it is done in production, transaction by transaction. */
async function operate(by: PausedActor, answer: RaceAnswer, row: CertificateRow): Promise<void> {
  const { operation, actor } = answer;
  switch (operation) {
    case 'issue':
      answer.settlement = await by.run((transaction) => settle(transaction, row));
      return;
    case 'retry': {
      const retry = { ...{ tenantId, certificateId: row.id, actor }, corrections: {} };
      answer.retry = await by.run((transaction) => retryCertificate(transaction, outbox, retry));
      return;
    }
    case 'reissue': {
      const asked = { ...{ tenantId, certificateId: row.id, actor }, reason: actor };
      answer.replacement = await by.run((transaction) => requestReplacement(transaction, outbox, asked));
      if (answer.replacement?.kind !== 'requested') return;
      // What the generator hears: the request of whoever came first.
      const [said] = await owner.query<{ value: string }[]>(
        "SELECT value FROM outbox WHERE topic = 'certificate.requested' AND value::json ->> 'requestId' = $1",
        [answer.replacement.requestId],
      );
      if (!said) return;
      const request = requestOf(row.recipient_learner_id, JSON.parse(said.value) as object);
      const [successor] = await by.run((transaction) => allocate(transaction, [request]));
      if (successor) answer.settlement = await by.run((transaction) => settle(transaction, successor));
      return;
    }
    default: {
      const of = { tenantId, actor, changes: [{ certificateId: row.id, reason: actor }] };
      [answer.change] = await by.run((transaction) => changes[operation](transaction, outbox, of));
    }
  }
}

/** Until an actor has come to its pause or its end, or waits for a lock of the other. */
async function standing(actor: PausedActor): Promise<void> {
  const look = async () => {
    if (actor.state !== 'working') return true;
    const [row] = await owner.query<{ waits: boolean }[]>(
      "SELECT wait_event_type = 'Lock' AS waits FROM pg_stat_activity WHERE pid = $1",
      [actor.pid],
    );
    return actor.state !== 'working' || row?.waits === true;
  };
  await waitFor('an actor to stand', look, Boolean, { interval: 0 });
}

/** What the database says of an occasion and of what was told about it. */
async function recordOf({ occasion_key }: CertificateRow): Promise<RaceRecord> {
  const rows = await owner.query<CertificateRow[]>(
    'SELECT * FROM certificate WHERE occasion_key = $1 ORDER BY issue_number',
    [occasion_key],
  );
  const history = await owner.query<RaceRecord['history'][number][]>(
    'SELECT certificate_id, version, state, actor FROM certificate_history WHERE certificate_id = ANY($1) ORDER BY version',
    [rows.map(({ id }) => id)],
  );
  const said = await owner.query<RaceRecord['said'][number][]>(
    `SELECT headers ->> 'ce_type' AS type, (headers ->> 'ce_sequence')::int AS sequence, value::json ->> 'certificateId' AS id
     FROM outbox WHERE topic IN ('certificate.changed', 'certificate.failed')`,
  );
  return { rows, history, said };
}

test(`500 interleavings of two changes of one certificate end legal, and both are told the truth (seed ${seed})`, async () => {
  const plans = Array.from({ length: rounds }, () => {
    const both = [oneOf(operations), oneOf(operations)] as const;
    // As many statements as each has, and its commits.
    const pauseOf = (operation: RaceAnswer['operation']) => 1 + below(operation === 'reissue' ? 20 : 6);
    const begins = random() < 0.7 ? oneOf(fitting[oneOf(both)]) : oneOf(beginnings);
    return { begins, operations: both, pauses: [pauseOf(both[0]), pauseOf(both[1])] as const };
  });
  const certificates = await prepare(plans.map(({ begins }) => begins));
  const met = { blockedByLock: 0, changed: 0, already: 0, blocked: 0 };
  for (const [round, plan] of plans.entries()) {
    const row = certificates[round]!;
    const answers = plan.operations.map((operation, index): RaceAnswer => ({ operation, actor: `actor ${index + 1}` }));
    const [first, second] = actors;
    try {
      first.begin(plan.pauses[0], (by) => operate(by, answers[0]!, row));
      await standing(first);
      second.begin(plan.pauses[1], (by) => operate(by, answers[1]!, row));
      await standing(second);
      if (second.state === 'working') met.blockedByLock += 1;
      first.goOn();
      await standing(first);
      second.goOn();
      await Promise.all([first.end(), second.end()]);
      judgeRace(await recordOf(row), answers);
    } catch (cause) {
      const told = `${plan.begins}: ${plan.operations.join(' and ')}, paused before ${plan.pauses.join(' and ')}`;
      throw new Error(`Seed ${seed}, round ${round}, ${told}`, { cause });
    }
    for (const { change } of answers) if (change && change.kind !== 'unknown') met[change.kind] += 1;
    await owner.query('DELETE FROM outbox');
  }
  // It was a race: each outcome was met, and many waited for the other.
  expect(Math.min(met.changed, met.already, met.blocked)).toBeGreaterThan(20);
  expect(met.blockedByLock).toBeGreaterThan(20);
}, 60_000);

test('many at once, named in any order by several, never wait for each other in a circle, and each is changed once', async () => {
  const rows = await prepare(Array<CertificateState>(100).fill('issued'), 'many');
  const ids = rows.map(({ id }) => id);
  const sorts = [ids, ids.toReversed(), [...ids.slice(50), ...ids.slice(0, 50)]];
  const outcomes = await Promise.all(
    sorts.map((sorted, index) =>
      unitOfWork.run((transaction) =>
        revokeCertificates(transaction, outbox, {
          ...{ tenantId, actor: `actor ${index}` },
          changes: [...sorted, v7()].map((certificateId) => ({ certificateId, reason: 'Forged' })),
        }),
      ),
    ),
  );
  const kinds = outcomes.map((each) => each.map(({ kind }) => kind));
  expect(kinds.map((each) => each.at(-1))).toEqual(['unknown', 'unknown', 'unknown']);
  expect(kinds.map((each) => new Set(each.slice(0, -1)).size)).toEqual([1, 1, 1]);
  expect(kinds.map(([kind]) => kind).sort()).toEqual(['already', 'already', 'changed']);
  // Each outcome stands where its certificate was named.
  outcomes.forEach((each, index) =>
    expect(each.slice(0, -1).map((outcome) => 'certificate' in outcome && outcome.certificate.id)).toEqual(
      sorts[index],
    ),
  );
  const [said] = await owner.query<[{ events: number; certificates: number }]>(
    "SELECT count(*)::int AS events, count(DISTINCT value::json ->> 'certificateId')::int AS certificates FROM outbox",
  );
  expect(said).toEqual({ events: 100, certificates: 100 });
});

test('a dry run tells what would become of each, and neither locks nor changes anything', async () => {
  const [row] = await prepare(['issued'], 'dry');
  const of = { tenantId, actor: 'actor', changes: [{ certificateId: row!.id, reason: 'Forged' }] };
  const [foreign] = await unitOfWork.run((transaction) =>
    revokeCertificates(transaction, outbox, { ...of, tenantId: 'other' }),
  );
  expect(foreign).toEqual({ kind: 'unknown', certificateId: row!.id });
  await unitOfWork.run(async (holder) => {
    await holder.query('SELECT FROM certificate WHERE id = $1 FOR UPDATE', [row!.id]);
    const dry = (transaction: Transaction) => revokeCertificates(transaction, outbox, { ...of, isDryRun: true });
    expect(await unitOfWork.run(dry)).toMatchObject([
      { kind: 'changed', certificate: { state: 'issued', version: 2 } },
    ]);
  });
  const [after] = await owner.query<CertificateRow[]>('SELECT * FROM certificate WHERE id = $1', [row!.id]);
  expect(after).toEqual(row);
});
