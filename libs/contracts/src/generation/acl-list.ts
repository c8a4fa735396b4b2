import { catalogue } from '../catalogue/catalogue.ts';
import { consumerGroup } from '../catalogue/consumer-group.ts';
import type { Contract } from '../catalogue/contract.ts';
import { topicList } from '../catalogue/topic-list.ts';
import { type AppName, appNames } from '../identifiers/app-name.ts';

export type AclOperation = 'Create' | 'Delete' | 'Describe' | 'DescribeConfigs' | 'IdempotentWrite' | 'Read' | 'Write';

/** What one principal may do to one resource. Everything that no entry allows is refused. */
export interface Acl {
  /** The deployable, `foreign-lms`, `operator` or `topic-job`; in Kafka `User:<principal>`. */
  readonly principal: string;
  readonly resource: 'topic' | 'group' | 'cluster';
  readonly name: string;
  readonly pattern: 'literal' | 'prefixed';
  /** In the order of the alphabet. `Read` and `Write` include `Describe`. */
  readonly operations: readonly AclOperation[];
  /** On proof and test stacks only. */
  readonly proof: boolean;
}

/**
 * Services that drain one outbox, since they share a database: whichever relay holds the lock sends the rows of both, so
 * each may write what either may.
 */
const sharedOutboxes: readonly (readonly AppName[])[] = [['certificate-generator', 'certificate-registry']];

/** The groups in which operators look into dead letters; one for each look. */
const readerGroups = 'reader.';

/** Who may do what on the broker, from the producers and consumers that the contracts name. */
export function aclList(): Acl[] {
  const granted = new Map<string, Acl & { operations: AclOperation[] }>();
  const topics = topicList();
  const isProofTopic = new Map(topics.map(({ name, proof }) => [name, proof]));

  for (const app of appNames) {
    for (const name of readBy(app)) {
      const group = consumerGroup(app, name);
      grant(app, 'topic', name, 'Read', 'DescribeConfigs');
      grant(app, 'topic', `${group}.redrive`, 'Read', 'DescribeConfigs');
      grant(app, 'topic', `${group}.dlq`, 'DescribeConfigs');
      grant(app, 'group', group, 'Read');
    }
    const writers = sharedOutboxes.find((apps) => apps.includes(app)) ?? [app];
    const written = new Set(writers.flatMap(writtenBy));
    for (const name of written) grant(app, 'topic', name, 'Write', 'DescribeConfigs');
    if (written.size > 0) grant(app, 'cluster', 'kafka-cluster', 'IdempotentWrite');
  }
  // Nothing else: whoever can write certificate.requested can issue anything.
  for (const contract of catalogue as readonly Contract[]) {
    if (!contract.producers.includes('foreign-lms')) continue;
    for (const { name } of contract.topics) grant('foreign-lms', 'topic', name, 'Write');
  }
  for (const { name } of topics) {
    if (name.endsWith('.dlq')) grant('operator', 'topic', name, 'Read');
    if (name.endsWith('.redrive')) grant('operator', 'topic', name, 'Write');
  }
  grant('operator', 'group', readerGroups, 'Read', 'Delete');
  grant('operator', 'cluster', 'kafka-cluster', 'IdempotentWrite');
  for (const { name } of topics) grant('topic-job', 'topic', name, 'Create', 'Describe', 'DescribeConfigs');
  return [...granted.values()];

  function grant(principal: string, resource: Acl['resource'], name: string, ...operations: AclOperation[]): void {
    const key = `${principal} ${resource} ${name}`;
    const pattern = name === readerGroups ? 'prefixed' : 'literal';
    const proof = principal.startsWith('proof-') || isProofTopic.get(name) === true;
    const acl = granted.get(key) ?? { principal, resource, name, pattern, operations: [], proof };
    acl.operations = [...new Set([...acl.operations, ...operations])].sort();
    granted.set(key, acl);
  }
}

function readBy(app: AppName): string[] {
  return topicsWhere(({ consumers }) => consumers.includes(app));
}

/** Its own facts, and the dead letters of its own groups. */
function writtenBy(app: AppName): string[] {
  const facts = topicsWhere(({ producers }) => producers.includes(app));
  return [...facts, ...readBy(app).map((topic) => `${consumerGroup(app, topic)}.dlq`)];
}

function topicsWhere(condition: (contract: Contract) => boolean): string[] {
  return (catalogue as readonly Contract[]).filter(condition).flatMap(({ topics }) => topics.map(({ name }) => name));
}
