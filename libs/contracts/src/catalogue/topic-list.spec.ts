import { describe, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from './catalogue.ts';
import { consumerGroup } from './consumer-group.ts';
import { contractFile } from './contract-file.ts';
import type { Contract } from './contract.ts';
import { topicList } from './topic-list.ts';

const contracts: readonly Contract[] = catalogue;
const topics = new Map(topicList().map((topic) => [topic.name, topic]));

describe('the topics', () => {
  it('are those of the contracts with their settings', () => {
    expect(topics.get('course.completed')).toEqual({
      name: 'course.completed',
      partitions: 12,
      retention: 14,
      timestamps: 'log-append',
      maxMessageBytes: 1_048_588,
      declaredIn: 'libs/contracts/src/events/course-completed.contract.ts',
      proof: false,
    });
  });

  it('are two more for each group, of one partition, for thirty days, with room for headers', () => {
    for (const { consumers, topics: own } of contracts) {
      for (const group of consumers.flatMap((app) => own.map(({ name }) => consumerGroup(app, name)))) {
        const settings = { partitions: 1, retention: 30, timestamps: 'create', maxMessageBytes: 2_097_152 };
        expect(topics.get(`${group}.dlq`)).toMatchObject(settings);
        expect(topics.get(`${group}.redrive`)).toMatchObject(settings);
      }
    }
  });

  it('are declared in files that exist', () => {
    const root = join(import.meta.dirname, '../../../..');
    for (const contract of contracts) expect(existsSync(join(root, contractFile(contract)))).toBe(true);
  });

  it('tell proof from product', () => {
    const proof = [...topics.values()].filter((topic) => topic.proof).map(({ name }) => name);
    expect(proof).toEqual([...topics.keys()].filter((name) => name.includes('proof')));
  });

  it.each([
    ['partitions', { partitions: 6 }],
    ['retention', { retention: 'compact' }],
    ['timestamps', { timestamps: 'log-append' }],
  ] as const)('of two contracts together have the same %s, or nothing is made', (setting, other) => {
    const changed = contracts.filter(({ topics: own }) => own.some(({ name }) => name === 'certificate.changed'));
    expect(changed.map(({ fact }) => fact).sort()).toEqual(
      ['reinstated', 'revoked', 'superseded', 'suspended'].map((fact) => `certificate.${fact}`),
    );
    const [first, ...rest] = changed as [Contract, ...Contract[]];
    expect(topicList(changed).map(({ name }) => name)).toContain('certificate.changed');
    const altered = { ...first, topics: first.topics.map((topic) => ({ ...topic, ...other })) };
    expect(() => topicList([...rest, altered])).toThrow(`give the topic certificate.changed other ${setting}`);
  });

  it('carry each type once, and each type has an example', () => {
    const types = contracts.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    for (const { examples } of contracts) expect(examples.length).toBeGreaterThan(0);
  });
});
