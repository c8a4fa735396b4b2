import { headerText, type KafkaRecord, topicList } from '@laurel/contracts';
import type { BrokerAdmin } from '../broker/broker.ts';
import { deadLetterHeaders as names } from './dead-letter-headers.ts';

/** A buried record, and what became of it since. Its group and offset name it. */
export interface DeadLetter {
  /** The consumer group that could not handle it. */
  readonly group: string;
  /** Where it lies in `<group>.dlq`. */
  readonly offset: string;
  /** None where the record did not say whose it is: such a letter is the operator's alone. */
  readonly tenantId: string | undefined;
  readonly errorClass: 'permanent' | 'bug';
  /** Names fields, never values. */
  readonly reason: string;
  /** How often the handler was tried. */
  readonly attempts: number;
  readonly failedAt: Date;
  /** Where the record first stood, also if this is the letter of a redrive. */
  readonly original: { readonly topic: string; readonly partition: number; readonly offset: string };
  /** How many redrives had led to this letter: 0 for a record that failed as it first came. */
  readonly redrive: number;
  /** How often this very letter has been written to `<group>.redrive`. */
  readonly redriven: number;
  /** As it lies in `<group>.dlq`: key, value, its own headers and those of the burial. It may hold personal data. */
  readonly record: KafkaRecord;
}

/** Which dead letters are meant; what is left out does not matter. */
export interface DeadLetterFilter {
  readonly group?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly errorClass?: 'permanent' | 'bug' | undefined;
  /** Failed at this instant or later. */
  readonly since?: Date | undefined;
  /** Failed before this instant. */
  readonly until?: Date | undefined;
  /** Of `<group>.dlq`. */
  readonly offset?: string | undefined;
}

/**
 * Reads the dead letters of one group, or of all that the contracts name, in the order of group and offset. It reads
 * whole topics, each as a member of a group of its own for a moment: for operators, not for services.
 *
 * @throws {Error} when the filter names a group that has no dead-letter topic on this broker
 */
export async function listDeadLetters(admin: BrokerAdmin, filter: DeadLetterFilter = {}): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (const group of await groupsWithLetters(admin, filter.group)) {
    const buried = await admin.read(`${group}.dlq`);
    if (buried.length === 0) continue;
    const redriven = countByLetter(await admin.read(`${group}.redrive`));
    const read = buried.flatMap((record) => readLetter(group, record, redriven) ?? []);
    read.sort((a, b) => (BigInt(a.offset) < BigInt(b.offset) ? -1 : 1));
    letters.push(...read.filter((letter) => matches(letter, filter)));
  }
  return letters;
}

async function groupsWithLetters(admin: BrokerAdmin, wanted: string | undefined): Promise<string[]> {
  const suffix = '.dlq';
  const declared = topicList().flatMap(({ name }) => (name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : []));
  const groups = wanted === undefined ? declared : [wanted];
  // The topics of the proof services, for one, are on test stacks only.
  const present = await admin.describeTopics(groups.flatMap((group) => [`${group}.dlq`, `${group}.redrive`]));
  const found = groups.filter((group) => present.has(`${group}.dlq`) && present.has(`${group}.redrive`));
  if (wanted !== undefined && found.length === 0) {
    throw new Error(`No group ${wanted} has dead letters on this broker; the contracts name ${declared.join(', ')}`);
  }
  return found;
}

function countByLetter(redriven: readonly KafkaRecord[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { headers } of redriven) {
    const offset = headerText(headers[names.deadLetter]);
    if (offset !== undefined) counts.set(offset, (counts.get(offset) ?? 0) + 1);
  }
  return counts;
}

/** None for a record that no group of ours has buried: it does not say where it came from. */
function readLetter(group: string, record: KafkaRecord, redriven: ReadonlyMap<string, number>): DeadLetter | undefined {
  const text = (name: string) => headerText(record.headers[name]);
  const topic = text(names.topic);
  const offset = text(names.offset);
  const partition = Number(text(names.partition));
  if (topic === undefined || offset === undefined || !Number.isInteger(partition)) return undefined;
  return {
    group,
    offset: record.offset,
    tenantId: text(names.tenant),
    errorClass: text(names.errorClass) === 'bug' ? 'bug' : 'permanent',
    reason: text(names.reason) ?? '',
    attempts: Number(text(names.attempts) ?? 1),
    failedAt: new Date(text(names.failedAt) ?? Number(record.timestamp)),
    original: { topic, partition, offset },
    redrive: Number(text(names.redrive) ?? 0),
    redriven: redriven.get(record.offset) ?? 0,
    record,
  };
}

function matches(letter: DeadLetter, { tenantId, errorClass, since, until, offset }: DeadLetterFilter): boolean {
  return (
    (tenantId === undefined || letter.tenantId === tenantId) &&
    (errorClass === undefined || letter.errorClass === errorClass) &&
    (since === undefined || letter.failedAt >= since) &&
    (until === undefined || letter.failedAt < until) &&
    (offset === undefined || letter.offset === offset)
  );
}
