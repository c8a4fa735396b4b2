import { decodeProtectedHeader, importJWK, jwtVerify, type JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { hasKcat } from '../processes/has-kcat.ts';
import { kcat } from '../processes/kcat.ts';
import { Path } from '../scenarios/path.ts';
import { pathDatabases } from '../scenarios/path-databases.ts';
import { seedPath } from '../scenarios/seed-path.ts';
import '../stack/test-stack.ts';
import { waitFor } from '../waiting/wait-for.ts';

interface Row {
  id: string;
  learner: string;
  name: string;
  state: string;
  publicId: string;
  credential: string;
  pdf: string;
}

let path: Path;

beforeAll(async () => {
  const { brokers, postgresUrl } = inject('stack');
  path = await Path.prepare({ brokers, databases: await pathDatabases(postgresUrl) });
  await path.allReady();
}, 240_000);
afterAll(async () => {
  // Undefined where the preparation failed, which is what the report should show.
  await (path as Path | undefined)?.stop();
});

/** The certificates of a batch as they stand in the database, in the order of their learners. */
function certificates(batchId: string): Promise<Row[]> {
  return path.query<Row>(
    'certificate-generator',
    `SELECT id, recipient_learner_id AS learner, recipient_name AS name, state, public_id AS "publicId", credential,
            pdf_object AS pdf
     FROM certificate WHERE batch_id = $1 ORDER BY recipient_learner_id, issue_number`,
    [batchId],
  );
}

const issued = (batchId: string, count: number) =>
  waitFor(
    `${count} certificates of ${batchId}${path.logs()}`,
    () => certificates(batchId),
    (rows) => rows.length >= count && rows.every(({ state }) => state === 'issued'),
    { timeout: 60_000, interval: 100 },
  );

function completion(batchId: string, learnerId: string, more: object = {}) {
  return { tenantId: 'demo', batchId, learnerId, completedAt: '2026-03-01T12:00:00Z', score: 80, ...more };
}
const record = (value: unknown, headers: Record<string, string> = {}) => ({
  topic: 'course.completed',
  key: null,
  value: typeof value === 'string' ? value : JSON.stringify(value),
  headers,
});

describe('every road leads to a certificate', { timeout: 180_000 }, () => {
  test('a plain line, a structured and a binary CloudEvent; a malformed one is buried and its neighbours are issued', async () => {
    const batchId = path.unique('roads');
    await seedPath(path, { batchId });
    const named = (learnerId: string) => completion(batchId, learnerId, { learner: { name: `Name of ${learnerId}` } });
    const { tenantId: _, ...data } = named('binary');
    await path.send([
      record('{"tenantId":"demo","batchId":'),
      record(
        {
          specversion: '1.0',
          id: path.unique('structured'),
          source: '/a/foreign/lms',
          type: 'course.completed.v1',
          datacontenttype: 'application/json',
          data: named('structured'),
        },
        { 'content-type': 'application/cloudevents+json' },
      ),
      record(data, {
        ce_specversion: '1.0',
        ce_id: path.unique('binary'),
        ce_source: '/a/foreign/lms',
        ce_type: 'course.completed.v1',
        ce_tenantid: 'demo',
        'content-type': 'application/json',
      }),
      record(completion(batchId, 'no-time', { completedAt: 'yesterday' })),
      record(named('plain')),
    ]);
    if (hasKcat()) {
      const broker = inject('stack').brokers.join(',');
      kcat(['-P', '-b', broker, '-t', `${path.prefix}course.completed`], `${JSON.stringify(named('typed'))}\n`);
    } else await path.send([record(named('typed'))]);
    expect((await issued(batchId, 4)).map(({ learner }) => learner)).toEqual([
      'binary',
      'plain',
      'structured',
      'typed',
    ]);

    const admin = await path.broker.admin();
    try {
      for (const group of ['lms', 'rule-evaluator', 'webhook-dispatcher']) {
        const buried = await waitFor(
          `the dead letters of ${group}`,
          () => admin.read(`${group}.course.completed.dlq`),
          (letters) => letters.length >= 2,
        );
        const reasons = buried.map(({ headers }) =>
          JSON.stringify(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))),
        );
        expect(reasons.filter((reason) => reason.includes('completedAt'))).toHaveLength(1);
      }
    } finally {
      await admin.close();
    }
  });

  test('the same completion ten times, in parallel, over Kafka and HTTP mixed: one certificate', async () => {
    const batchId = path.unique('ten');
    await seedPath(path, { batchId });
    await path.api.call({
      service: 'lms',
      method: 'POST',
      path: `/v1/batches/${batchId}/enrolments`,
      caller: 'demo-issuer',
      body: { learnerId: 'same', learner: { name: 'The Same' } },
    });
    const http = () =>
      path.api.call({
        service: 'lms',
        method: 'POST',
        path: `/v1/batches/${batchId}/completions`,
        caller: 'demo-issuer',
        body: { learnerId: 'same', score: 80 },
      });
    const kafka = () => path.send([record(completion(batchId, 'same'))]);
    await Promise.all(Array.from({ length: 10 }, (_, at) => (at % 2 === 0 ? http() : kafka())));
    const control = record(completion(batchId, 'control', { learner: { name: 'After Them' } }));
    await path.send([control]);
    // The control came last: whatever the ten lead to has been led to, but for what still waits in a group.
    const rows = await issued(batchId, 2);
    await waitFor(
      'nothing to be on its way',
      async () => {
        const admin = await path.broker.admin();
        try {
          return (
            (await admin.lag('rule-evaluator.course.completed', 'course.completed')) +
            (await admin.lag('certificate-generator.certificate.requested', 'certificate.requested'))
          );
        } finally {
          await admin.close();
        }
      },
      (lag) => lag === 0,
    );
    expect(rows.map(({ learner }) => learner)).toEqual(['control', 'same']);
    expect(await certificates(batchId)).toHaveLength(2);
  });
});

const long = `${'Maria Magdalena Theresia Johanna Wilhelmina Alexandra Friederike von Hohenberg '.repeat(2)}`
  .slice(0, 120)
  .trim();
const names = {
  quotes: `Robert "Bob" O'Neill`,
  markup: '<b>Bold</b> & Brave',
  arabic: 'عبد الله الخوارزمي',
  hebrew: 'דוד בן־גוריון',
  devanagari: 'श्रीकृष्ण चतुर्वेदी',
  chinese: '欧阳修文',
  long,
};

describe('what is issued is what was said', { timeout: 180_000 }, () => {
  test('names stand exactly in the credential, which verifies with another library and not with a byte changed', async () => {
    const batchId = path.unique('names');
    await seedPath(path, { batchId });
    await path.send(
      Object.entries(names).map(([learnerId, name]) => record(completion(batchId, learnerId, { learner: { name } }))),
    );
    const rows = await issued(batchId, Object.keys(names).length);
    expect(Object.fromEntries(rows.map(({ learner, name }) => [learner, name]))).toEqual(names);
    for (const { learner, publicId, credential } of rows) {
      const download = await path.api.call({ service: 'certificate-registry', path: `/v/${publicId}.jwt` });
      expect(download.bytes.toString('utf8')).toBe(credential);
      const { kid = '' } = decodeProtectedHeader(credential);
      const issuerId = /issuers:([0-9a-f-]+)#/.exec(kid)?.[1];
      const jwks = (
        await path.api.call({ service: 'certificate-registry', path: `/issuers/${issuerId}/jwks.json` })
      ).json<{ keys: (JWK & { kid: string })[] }>();
      const key = await importJWK(
        jwks.keys.find((one) => one.kid === kid)!,
        'ES256',
      );
      const { payload } = await jwtVerify(credential, key);
      expect(JSON.stringify(payload)).toContain(JSON.stringify(names[learner as keyof typeof names]));
      const at = credential.indexOf('.') + 20;
      const changed = `${credential.slice(0, at)}${credential[at] === 'A' ? 'B' : 'A'}${credential.slice(at + 1)}`;
      await expect(jwtVerify(changed, key)).rejects.toThrow();
    }
  });
});
