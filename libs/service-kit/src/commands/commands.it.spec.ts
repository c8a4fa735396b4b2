import { deadLetterHeaders as names, type OutgoingRecord } from '@laurel/messaging';
import { type TestTopics, createTopics as createTestTopics } from '@laurel/testing';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { createTopics } from './create-topics.ts';
import { handleDeadLetters } from './handle-dead-letters.ts';
import type { Command } from './run-command.ts';

const group = 'proof-counter.proof.recorded';
let topics: TestTopics;
let settings: Record<string, string>;

async function run(command: Command, line: string, environment = settings) {
  const out: string[] = [];
  const wrong: string[] = [];
  const output = { answer: (text: string) => void out.push(text), complaint: (text: string) => void wrong.push(text) };
  const code = await command(line.split(' '), environment, output);
  return { code, out: out.join('\n'), wrong: wrong.join('\n') };
}

beforeAll(async () => {
  const { brokers } = inject('stack');
  topics = await createTestTopics(brokers);
  settings = { KAFKA_BROKERS: brokers.join(','), TOPIC_PREFIX: topics.prefix };
  const letter = (tenant: string, errorClass: string, offset: number, day: string): OutgoingRecord => ({
    topic: `${group}.dlq`,
    key: 'asha-key',
    value: '{"name":"asha"}',
    headers: {
      ce_id: `e-${offset}`,
      'x-foreign': 'asha-header',
      [names.topic]: 'proof.recorded',
      [names.partition]: '2',
      [names.offset]: String(offset),
      [names.attempts]: '3',
      [names.errorClass]: errorClass,
      [names.reason]: 'score: too big',
      [names.failedAt]: `${day}T12:00:00.000Z`,
      [names.tenant]: tenant,
    },
  });
  const producer = await topics.broker.producer();
  await producer.send([
    letter('acme', 'permanent', 10, '2026-03-01'),
    letter('acme', 'bug', 11, '2026-03-02'),
    letter('other', 'bug', 12, '2026-03-03'),
  ]);
  await producer.close();
});

describe('npm run redrive', () => {
  it('lists letters as a table, without key, value and headers', async () => {
    const { code, out } = await run(handleDeadLetters, 'list');
    expect(code).toBe(0);
    const [head, ...rows] = out.split('\n');
    expect(head).toMatch(/^group +offset +tenant +class +attempts +failed +from +redriven +reason$/);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(
      /^proof-counter.proof.recorded +0 +acme +permanent +3 +2026-03-01T12:00:00.000Z +proof.recorded\/2\/10 +0 +score: too big$/,
    );
    expect(out).not.toContain('asha');
  });

  it.each([
    ['--tenant acme', ['0', '1']],
    ['--class bug', ['1', '2']],
    ['--class bug --tenant acme', ['1']],
    ['--since 2026-03-02', ['1', '2']],
    ['--until 2026-03-02', ['0']],
    [`--group ${group} --offset 2`, ['2']],
  ])('lists only what fits %s', async (filter, offsets) => {
    const { out } = await run(handleDeadLetters, `list --json ${filter}`);
    const letters = out.split('\n').map((line) => JSON.parse(line) as { offset: string; record?: unknown });
    expect(letters.map(({ offset }) => offset)).toEqual(offsets);
    expect(letters.every(({ record }) => record === undefined)).toBe(true);
    expect(out).not.toContain('asha');
  });

  it('says so when there are none at all, where no filter was given', async () => {
    const empty = { ...settings, TOPIC_PREFIX: `${topics.prefix}empty.` };
    expect(await run(handleDeadLetters, 'list', empty)).toMatchObject({ code: 0, wrong: 'There are no dead letters.' });
  });

  it('says so when nothing fits, and names the groups when there is none of that name', async () => {
    expect(await run(handleDeadLetters, 'list --tenant nobody')).toMatchObject({
      code: 0,
      wrong: 'No dead letter fits.',
    });
    await expect(run(handleDeadLetters, 'list --group nowhere')).rejects.toThrow('No group nowhere has dead letters');
  });

  it('shows one letter; key, value and foreign headers only when asked', async () => {
    const { out } = await run(handleDeadLetters, `show --group ${group} --offset 1`);
    expect(out).toContain('from       proof.recorded, partition 2, offset 11');
    expect(out).toContain('  ce_id: e-11');
    expect(out).toContain('15 bytes; --value shows it with the key');
    expect(out).not.toContain('asha');
    const { out: all } = await run(handleDeadLetters, `show --group ${group} --offset 1 --value`);
    for (const text of ['asha-key', '{"name":"asha"}', 'x-foreign: asha-header']) expect(all).toContain(text);
  });

  it('redrives what fits, once, unless it is told to do it again', async () => {
    const redriven = async () => {
      const admin = await topics.broker.admin();
      const records = await admin.read(`${group}.redrive`);
      await admin.close();
      return records.map(({ headers }) => String(headers['ce_id']));
    };
    expect((await run(handleDeadLetters, 'redrive --tenant acme --dry-run')).out).toContain('this was a dry run');
    expect(await redriven()).toEqual([]);
    expect((await run(handleDeadLetters, 'redrive --tenant acme --class bug')).out).toContain('1 redriven.');
    expect(await redriven()).toEqual(['e-11']);
    expect((await run(handleDeadLetters, 'redrive --tenant acme')).out).toContain(
      '1 redriven; 1 had been before and were left alone',
    );
    expect((await run(handleDeadLetters, `redrive --group ${group} --offset 1 --again`)).out).toContain('1 redriven.');
    expect(await redriven()).toEqual(['e-11', 'e-10', 'e-11']);
  });

  it('wants a broker', async () => {
    await expect(run(handleDeadLetters, 'list', {})).rejects.toThrow('KAFKA_BROKERS is missing');
  });
});

describe('the topic job', () => {
  it('creates what is missing and finds the rest as it should be', async () => {
    const own = { ...settings, TOPIC_PREFIX: `${topics.prefix}job.`, LAUREL_ENV: 'test' };
    const first = await run(createTopics, '--replicas 1', own);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^Created \d+ topics:/);
    expect(first.out).toContain(`  ${group}.dlq`);
    expect(await run(createTopics, '--proof', own)).toEqual({ code: 0, out: 'Every topic was there.', wrong: '' });
  });

  it('makes no topics of the proof services in production', async () => {
    const own = { ...settings, TOPIC_PREFIX: `${topics.prefix}prod.` };
    const { out } = await run(createTopics, '--replicas 1', own);
    expect(out).toContain('  course.completed');
    expect(out).not.toContain('proof');
  });

  it('ends with 1 and names a topic with other settings', async () => {
    const own = { ...settings, TOPIC_PREFIX: `${topics.prefix}odd.`, LAUREL_ENV: 'test' };
    const { kafkajsBroker } = await import('@laurel/messaging');
    const { pino } = await import('pino');
    const broker = kafkajsBroker({
      brokers: inject('stack').brokers,
      topicPrefix: own.TOPIC_PREFIX,
      clientId: 'test',
      logger: pino({ level: 'silent' }),
    });
    const admin = await broker.admin();
    await admin.createTopics(
      [{ name: 'course.completed', partitions: 1, retention: 14, timestamps: 'create', maxMessageBytes: 1_048_588 }],
      1,
    );
    await admin.close();
    const { code, wrong } = await run(createTopics, '--replicas 1', own);
    expect(code).toBe(1);
    expect(wrong).toContain('The topic course.completed has other settings than');
    expect(wrong.split('\n')).toHaveLength(1);
  });

  it('refuses a number of replicas that is none', async () => {
    await expect(run(createTopics, '--replicas many')).rejects.toThrow('--replicas must be a whole number from 1.');
  });
});
