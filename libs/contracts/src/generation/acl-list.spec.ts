import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import { consumerGroup } from '../catalogue/consumer-group.ts';
import type { Contract } from '../catalogue/contract.ts';
import { topicList } from '../catalogue/topic-list.ts';
import { appNames } from '../identifiers/app-name.ts';
import { aclCommands } from './acl-commands.ts';
import { type Acl, aclList, type AclOperation } from './acl-list.ts';

const contracts: readonly Contract[] = catalogue;
const acls = aclList();

const who = (operation: AclOperation, name: string) =>
  acls.filter((acl) => matches(acl, name) && acl.operations.includes(operation)).map(({ principal }) => principal);
const matches = ({ name, pattern }: Acl, wanted: string) =>
  pattern === 'prefixed' ? wanted.startsWith(name) : wanted === name;
const may = (principal: string, operation: AclOperation) =>
  acls.filter((acl) => acl.principal === principal && acl.operations.includes(operation)).map(({ name }) => name);
/** Each once: contracts may have a topic together. */
const topicsOf = (condition: (contract: Contract) => boolean) => [
  ...new Set(contracts.filter(condition).flatMap(({ topics }) => topics.map(({ name }) => name))),
];

describe('rights', () => {
  it('to ask for a certificate are those of two services and of the relay that shares an outbox with one', () => {
    for (const topic of ['certificate.requested', 'certificate.requested.bulk']) {
      expect(who('Write', topic).sort()).toEqual(['certificate-generator', 'certificate-registry', 'rule-evaluator']);
      expect(who('Read', topic)).toEqual(['certificate-generator']);
    }
  });

  it('to ask for a certificate by the back door of a redrive topic are those of operators', () => {
    const doors = topicList().filter(({ name }) => name.endsWith('.redrive'));
    for (const { name } of doors) expect(who('Write', name)).toEqual(['operator']);
  });

  it('of a foreign LMS are one: to write completions', () => {
    expect(acls.filter(({ principal }) => principal === 'foreign-lms')).toEqual([
      {
        principal: 'foreign-lms',
        resource: 'topic',
        name: 'course.completed',
        pattern: 'literal',
        operations: ['Write'],
        proof: false,
      },
    ]);
  });

  it('of operators reach every dead letter and every redrive topic, and no fact', () => {
    const topics = topicList().map(({ name }) => name);
    expect(may('operator', 'Read')).toEqual([...topics.filter((name) => name.endsWith('.dlq')), 'reader.']);
    expect(may('operator', 'Write')).toEqual(topics.filter((name) => name.endsWith('.redrive')));
    expect(who('Read', 'reader.0199d7a0')).toEqual(['operator']);
  });

  it.each(appNames)('of %s are those that its contracts name', (app) => {
    const reads = topicsOf(({ consumers }) => consumers.includes(app));
    const groups = reads.map((name) => consumerGroup(app, name));
    expect(may(app, 'Read').sort()).toEqual([...reads, ...groups, ...groups.map((group) => `${group}.redrive`)].sort());
    const neighbours = app.startsWith('certificate-') ? ['certificate-generator', 'certificate-registry'] : [app];
    const writes = topicsOf(({ producers }) => producers.some((each) => neighbours.includes(each)));
    const facts = may(app, 'Write').filter((name) => !name.endsWith('.dlq'));
    expect(facts.sort()).toEqual(writes.sort());
    expect(may(app, 'Write')).toEqual(expect.arrayContaining(groups.map((group) => `${group}.dlq`)));
    expect([...may(app, 'Create'), ...may(app, 'Delete')]).toEqual([]);
  });

  it('of one service never reach the dead letters of another, but of its neighbour in the database', () => {
    for (const { name } of topicList().filter((topic) => topic.name.endsWith('.dlq'))) {
      const owner = appNames.find((app) => name.startsWith(`${app}.`))!;
      const writers = owner.startsWith('certificate-') ? ['certificate-generator', 'certificate-registry'] : [owner];
      expect(who('Write', name).sort()).toEqual(writers);
    }
  });

  it('name only topics and groups that there are, one by one', () => {
    const topics = new Set(topicList().map(({ name }) => name));
    for (const { resource, name, pattern } of acls) {
      if (resource === 'topic') expect(topics).toContain(name);
      if (pattern === 'prefixed') expect([resource, name]).toEqual(['group', 'reader.']);
      expect(name).not.toContain('*');
    }
  });

  it('of the proof services are no part of the commands for an installation', () => {
    const commands = aclCommands(acls);
    expect(commands).not.toContain('proof');
    expect(commands.split('\n')).toContain(
      '--allow-principal User:foreign-lms --operation Write --topic course.completed --resource-pattern-type literal',
    );
    expect(commands.trimEnd().split('\n')).toHaveLength(acls.filter(({ proof }) => !proof).length);
  });
});
