import {
  assessmentScored,
  batchUpdated,
  type BatchUpdated,
  courseCompleted,
  encodeEvent,
  enrolmentId,
  learnerUpdated,
  parseRecord,
} from '@laurel/contracts';
import type { OutgoingRecord } from '@laurel/messaging';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Path } from '../scenarios/path.ts';
import { pathDatabases } from '../scenarios/path-databases.ts';
import { seedPath } from '../scenarios/seed-path.ts';
import '../stack/test-stack.ts';
import { waitFor } from '../waiting/wait-for.ts';

const learners = 1_000;
const tenant = 'demo';

let path: Path;

beforeAll(async () => {
  const { brokers, postgresUrl } = inject('stack');
  path = await Path.prepare({ brokers, databases: await pathDatabases(postgresUrl) });
  await path.allReady(['lms', 'asset-store', 'rule-evaluator', 'certificate-generator', 'certificate-registry']);
  await path.ready('rule-evaluator');
}, 240_000);
afterAll(async () => {
  // Undefined where the preparation failed, which is what the report should show.
  await (path as Path | undefined)?.stop();
});

type Said =
  | { of: typeof courseCompleted | typeof assessmentScored; data: { enrolmentId: string } }
  | { of: typeof batchUpdated | typeof learnerUpdated; data: object };

/** A fact as lms says it. */
function said(topic: string, { of: contract, data }: Said): OutgoingRecord {
  const { headers, value } = encodeEvent({
    id: v7(),
    source: '/laurel/lms',
    type: contract.type,
    time: new Date(),
    tenantId: tenant,
    correlationId: v7(),
    sequence: 1,
    data,
  });
  return { topic, key: contract.key.from(tenant, data as never), headers, value };
}

test(
  'completion and score of 1,000 learners meet in two evaluators, half of them before batch and learner: 1,000 certificates',
  {
    timeout: 240_000,
  },
  async () => {
    const known = path.unique('known');
    const unknown = path.unique('unknown');
    await seedPath(path, { batchId: known });
    const told = await resolved(known);
    const ids = Array.from({ length: learners }, (_, at) => ({
      batchId: at % 2 === 0 ? known : unknown,
      learnerId: `L-${at}`,
    }));
    const persons = (of: string) =>
      ids
        .filter(({ batchId }) => batchId === of)
        .map(({ learnerId }) =>
          said('learner.updated', { of: learnerUpdated, data: { learnerId, name: `Name of ${learnerId}` } }),
        );
    const facts = ids.flatMap(({ batchId, learnerId }, at) => {
      const enrolment = { enrolmentId: enrolmentId(tenant, batchId, learnerId), batchId, learnerId };
      const completed = said('course.completed', {
        of: courseCompleted,
        data: { ...enrolment, completedAt: '2026-03-01T12:00:00Z' } as { enrolmentId: string },
      });
      const scored = said('assessment.scored', {
        of: assessmentScored,
        data: { ...enrolment, assessmentId: 'final', attemptId: '1', score: 75, scoredAt: '2026-03-01T11:00:00Z' } as {
          enrolmentId: string;
        },
      });
      return at % 4 < 2 ? [completed, scored] : [scored, completed];
    });

    await path.send(persons(known));
    // Both topics at the same instant, by producers of their own.
    const of = (topic: string) => facts.filter((fact) => fact.topic === topic);
    await Promise.all([
      path.send(of('course.completed')),
      path.send(of('assessment.scored')),
      path.send([
        ...persons(unknown).slice(0, learners / 4),
        said('batch.updated', { of: batchUpdated, data: { ...told, batchId: unknown } }),
        ...persons(unknown).slice(learners / 4),
      ]),
    ]);

    const rows = await waitFor(
      `${learners} certificates${path.logs()}`,
      () =>
        path.query<{ learner: string; state: string }>(
          'certificate-generator',
          'SELECT recipient_learner_id AS learner, state FROM certificate WHERE batch_id = ANY($1)',
          [[known, unknown]],
        ),
      (found) => found.filter(({ state }) => state === 'issued').length >= learners,
      { timeout: 180_000, interval: 200 },
    );
    expect(rows).toHaveLength(learners);
    expect(new Set(rows.map(({ learner }) => learner)).size).toBe(learners);
  },
);

/** A batch as lms said it, with its award resolved. */
async function resolved(batchId: string): Promise<BatchUpdated['data']> {
  const admin = await path.broker.admin();
  try {
    const records = await admin.read('batch.updated');
    const events = records.flatMap((record) => {
      const parsed = parseRecord(record);
      return parsed.kind === 'event' ? [parsed.event as BatchUpdated] : [];
    });
    const last = events.filter(({ data }) => data.batchId === batchId).at(-1);
    if (last === undefined) throw new Error(`lms said nothing of ${batchId}`);
    return last.data;
  } finally {
    await admin.close();
  }
}
