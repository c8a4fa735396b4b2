import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Path, type PathService } from '../scenarios/path.ts';
import { pathDatabases } from '../scenarios/path-databases.ts';
import { seedPath } from '../scenarios/seed-path.ts';
import { type Servers, startServers } from '../stack/start-servers.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { watchMachine } from '../waiting/watch-machine.ts';

const total = 2_000;
const part = total / 5;
const stoppedSeconds = 20;
const awaySeconds = 30;
/** How soon after its dependency's return the newest completion has to be issued. */
const backSeconds = 15;

interface Row {
  learner: string;
  state: string;
  sha256: string;
  pdf: string;
}

describe('two generators, two thousand completions', () => {
  test(
    'killed, stopped in mid-make, PostgreSQL and the broker away: each completion ends once, each certificate is whole',
    { timeout: 600_000 },
    async () => {
      const servers = await startServers({ durable: true });
      const path = await Path.prepare({
        brokers: [servers.kafka.brokers],
        databases: await pathDatabases(servers.postgres.url()),
      });
      try {
        await path.allReady();
        const second = await path.ready('certificate-generator');
        const batchId = path.unique('faults');
        await seedPath(path, { batchId });
        const learners = Array.from({ length: total }, (_, at) => `L-${at}`);
        const send = (ids: readonly string[]) => complete(path, batchId, ids);

        await send(learners.slice(0, part));
        await issuedAtLeast(path, batchId, 50);
        second.process.signal('SIGKILL');

        await send(learners.slice(part, 2 * part));
        const third = await path.start('certificate-generator', 'generator.after-make=stop@2');
        await path.isReady(third);
        await send(learners.slice(2 * part, 3 * part));
        await sleeps(third);

        await send(learners.slice(3 * part, 4 * part));
        const backFromPostgres = await away(path, batchId, servers, 'postgres');
        await send(learners.slice(4 * part));
        const backFromKafka = await away(path, batchId, servers, 'kafka');

        const all = [...learners, 'after-postgres', 'after-kafka'];
        const rows = await waitFor(
          `${all.length} certificates${path.logs()}`,
          () => certificates(path, batchId),
          (found) => found.filter(({ state }) => state === 'issued').length >= all.length,
          { timeout: 180_000, interval: 250 },
        );
        expect(rows.map(({ learner }) => learner).sort()).toEqual([...all].sort());
        expect(rows.every(({ state }) => state === 'issued')).toBe(true);
        const wrong = rows.filter(({ pdf, sha256 }) => hashOf(path.objectFile(pdf)) !== sha256);
        expect(wrong).toEqual([]);
        const ends = await path.query<{ learner_id: string; outcome: string }>(
          'rule-evaluator',
          'SELECT learner_id, outcome FROM decision WHERE batch_id = $1',
          [batchId],
        );
        expect(ends.map(({ learner_id: learner }) => learner).sort()).toEqual([...all].sort());
        expect(ends.every(({ outcome }) => outcome === 'eligible')).toBe(true);
        console.info(
          `back after ${backFromPostgres.seconds.toFixed(1)} s (PostgreSQL), ${backFromKafka.seconds.toFixed(1)} s (broker)`,
        );
        expect(backFromPostgres.seconds).toBeLessThan(backFromPostgres.most);
        expect(backFromKafka.seconds).toBeLessThan(backFromKafka.most);
      } finally {
        await path.stop();
        await servers.stop();
      }
    },
  );
});

function certificates(path: Path, batchId: string): Promise<Row[]> {
  return path.query<Row>(
    'certificate-generator',
    `SELECT recipient_learner_id AS learner, state, pdf_sha256 AS sha256, pdf_object AS pdf
     FROM certificate WHERE batch_id = $1`,
    [batchId],
  );
}

async function issuedAtLeast(path: Path, batchId: string, count: number): Promise<void> {
  await waitFor(
    `${count} certificates${path.logs()}`,
    () => certificates(path, batchId),
    (rows) => rows.filter(({ state }) => state === 'issued').length >= count,
    { timeout: 90_000, interval: 20 },
  );
}

async function complete(path: Path, batchId: string, ids: readonly string[]): Promise<void> {
  await path.send(
    ids.map((learnerId) => ({
      topic: 'course.completed',
      key: learnerId,
      headers: {},
      value: JSON.stringify({
        tenantId: 'demo',
        batchId,
        learnerId,
        completedAt: '2026-03-01T12:00:00Z',
        score: 75,
        learner: { name: `Learner ${learnerId}` },
      }),
    })),
  );
}

/** It stopped itself in the middle of its work; after twenty seconds it goes on as if nothing had been. */
async function sleeps({ process }: PathService): Promise<void> {
  await process.stopped(90_000);
  await last(stoppedSeconds);
  process.signal('SIGCONT');
}

/**
 * One dependency is killed for half a minute, and a learner completes meanwhile: over Kafka while PostgreSQL is away, over HTTP
 * while the broker is. @returns the seconds from its return to that learner's certificate
 */
async function away(path: Path, batchId: string, servers: Servers, dependency: 'postgres' | 'kafka') {
  const marker = `after-${dependency}`;
  await servers[dependency].kill();
  if (dependency === 'postgres') await complete(path, batchId, [marker]);
  else await completeByHttp(path, batchId, marker);
  await last(awaySeconds);
  if (dependency === 'postgres') await servers.startPostgresAgain();
  else await servers.startKafkaAgain();
  const since = performance.now();
  const allowed = watchMachine();
  await waitFor(
    `the certificate of ${marker}${path.logs()}`,
    () => certificates(path, batchId),
    (rows) => rows.some(({ learner, state }) => learner === marker && state === 'issued'),
    { timeout: 120_000, interval: 50 },
  );
  return { seconds: (performance.now() - since) / 1_000, most: allowed(backSeconds) };
}

async function completeByHttp(path: Path, batchId: string, learnerId: string): Promise<void> {
  const call = { service: 'lms', method: 'POST', caller: 'demo-issuer' } as const;
  const learner = { name: `Learner ${learnerId}` };
  await path.api.call({ ...call, path: `/v1/batches/${batchId}/enrolments`, body: { learnerId, learner } });
  await path.api.call({ ...call, path: `/v1/batches/${batchId}/completions`, body: { learnerId, score: 75 } });
}

async function last(seconds: number): Promise<void> {
  const since = Date.now();
  await waitFor(
    `${seconds} seconds of it`,
    () => Date.now() - since,
    (passed) => passed >= seconds * 1_000,
    { timeout: seconds * 1_000 + 5_000, interval: 100 },
  );
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
