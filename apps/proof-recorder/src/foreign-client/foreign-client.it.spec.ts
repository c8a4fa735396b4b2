import { enrolmentId } from '@laurel/contracts';
import { hasKcat, kcat, ProofChain, proofDatabases, waitFor } from '@laurel/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

const { brokers, postgresUrl } = inject('stack');
const dead = 'proof-recorder.course.completed.dlq';
let chain: ProofChain;

interface Printed {
  readonly headers: string[];
  readonly key: string | null;
  readonly payload: string;
}

beforeAll(async () => {
  chain = await ProofChain.prepare({ brokers, databases: await proofDatabases(postgresUrl) });
  await chain.ready('proof-recorder');
}, 60_000);

afterAll(() => chain.stop());

/** What a foreign LMS does: one value, one key, some headers. */
function write(value: string | Buffer, headers: Record<string, string> = {}, key = 'whatever'): void {
  const flags = Object.entries(headers).flatMap(([name, text]) => ['-H', `${name}=${text}`]);
  kcat(['-P', '-b', brokers.join(','), '-t', `${chain.prefix}course.completed`, '-k', key, ...flags], value);
}

/** The headers of each dead letter, as a foreign client reads them. */
function deadLetters(): { headers: Map<string, string>; payload: string }[] {
  const lines = kcat([
    '-C',
    '-b',
    brokers.join(','),
    '-t',
    `${chain.prefix}${dead}`,
    '-o',
    'beginning',
    '-e',
    '-q',
    '-J',
  ]);
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Printed)
    .map(({ headers, payload }) => ({
      headers: new Map(headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? '']] : []))),
      payload,
    }));
}

async function recordedOf(learnerId: string): Promise<{ event_source: string; event_id: string }[]> {
  const enrolment = enrolmentId('acme', 'kcat-1', learnerId);
  const find = () =>
    chain.query<{ event_source: string; event_id: string }>(
      'proof-recorder',
      'SELECT event_source, event_id FROM recording WHERE enrolment_id = $1',
      [enrolment],
    );
  return waitFor(`the recording of ${learnerId}`, find, (rows) => rows.length > 0);
}

const completed = (learnerId: string) => ({ batchId: 'kcat-1', learnerId, completedAt: '2026-03-01T12:00:00Z' });

describe.skipIf(!hasKcat())('a foreign client (kcat) is an LMS', () => {
  test('a plain JSON line', async () => {
    write(JSON.stringify({ tenantId: 'acme', ...completed('plain') }));
    const [row] = await recordedOf('plain');
    expect(row?.event_source).toBe('kafka:course.completed');
    expect(row?.event_id).toMatch(/^\d+:\d+$/);
  });

  test('a structured CloudEvent', async () => {
    const event = {
      specversion: '1.0',
      id: 'structured-1',
      source: 'urn:kcat',
      type: 'course.completed.v1',
      tenantid: 'acme',
      data: completed('structured'),
    };
    write(JSON.stringify(event), { 'content-type': 'application/cloudevents+json; charset=UTF-8' });
    expect(await recordedOf('structured')).toEqual([{ event_source: 'urn:kcat', event_id: 'structured-1' }]);
  });

  test('a binary CloudEvent', async () => {
    write(JSON.stringify(completed('binary')), {
      ce_specversion: '1.0',
      ce_id: 'binary-1',
      ce_source: 'urn:kcat',
      ce_type: 'course.completed.v1',
      ce_tenantid: 'acme',
    });
    expect(await recordedOf('binary')).toEqual([{ event_source: 'urn:kcat', event_id: 'binary-1' }]);
  });

  test('malformed records are in the dead letters with their reason, and their neighbours are handled', async () => {
    write('this is no JSON');
    write(
      JSON.stringify({ tenantId: 'acme', ...completed('late'), completedAt: 'yesterday', learner: { name: 'Canary' } }),
    );
    write(JSON.stringify({ tenantId: 'acme', ...completed('neighbour') }));
    await recordedOf('neighbour');
    const letters = await waitFor('two dead letters', deadLetters, ({ length }) => length === 2, { timeout: 10_000 });
    const reasons = letters.map(({ headers }) => headers.get('laurel_reason'));
    expect(reasons.sort()).toEqual(['completedAt: Invalid ISO datetime', 'the value is not JSON']);
    const late = letters.find(({ payload }) => payload.includes('yesterday'));
    expect(late?.headers.get('laurel_topic')).toBe('course.completed');
    expect(late?.headers.get('laurel_error_class')).toBe('permanent');
    expect(late?.headers.get('tenantid')).toBe('acme');
    expect(letters.every(({ headers }) => ![...headers.values()].some((text) => text.includes('Canary')))).toBe(true);
  });
});
