import type { HeaderValue } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Inbox } from '../inbox/inbox.ts';
import { insertOutboxRows, type OutboxRow } from '../outbox/outbox-row.ts';
import type { Doomed } from '../slice/received.ts';
import { deadLetterHeaders as names } from './dead-letter-headers.ts';
import { letterName } from './letter-name.ts';

/** Longest reason in characters; a header is no place for a stack. */
const reasonLength = 500;

/**
 * Writes dead letters through the outbox, in the transaction of the slice that they come from: they are there exactly
 * if the offset may move on. A record that is delivered again (a crash before its offset) is not buried again.
 *
 * @returns those that were not buried before
 */
export async function bury(transaction: Transaction, group: string, doomed: readonly Doomed[]): Promise<Doomed[]> {
  if (doomed.length === 0) return [];
  const graves = doomed.map((letter) => ({
    letter,
    tenantId: '',
    source: 'laurel:dead-letter',
    id: letterName(letter.record, letter.redrive),
  }));
  const fresh = (await new Inbox(group).admit(transaction, graves)).map(({ letter }) => letter);
  await insertOutboxRows(
    transaction,
    fresh.map((letter) => toRow(group, letter)),
  );
  return fresh;
}

function toRow(group: string, letter: Doomed): OutboxRow {
  const { record } = letter;
  const said: Record<string, string> = {
    [names.topic]: record.topic,
    [names.partition]: String(record.partition),
    [names.offset]: record.offset,
    [names.timestamp]: record.timestamp,
    [names.group]: group,
    [names.attempts]: String(letter.attempts),
    [names.errorClass]: letter.errorClass,
    [names.reason]: letter.reason.slice(0, reasonLength),
    [names.failedAt]: new Date().toISOString(),
    [names.redrive]: String(letter.redrive),
    ...(letter.tenantId === undefined ? {} : { [names.tenant]: letter.tenantId }),
  };
  const all = Object.entries({ ...record.headers, ...said }).flatMap(([name, value]) => {
    const encoded = encode(value);
    return encoded === undefined ? [] : [[name, encoded] as const];
  });
  // Not by assignment: a stranger's header may be called `__proto__`.
  const headers: Record<string, string | string[]> = Object.fromEntries(all);
  const key = record.key?.toString('base64') ?? null;
  const value = record.value?.toString('base64') ?? null;
  const bytes = (record.value?.length ?? 0) + (record.key?.length ?? 0) + JSON.stringify(headers).length;
  return { lane: 0, topic: `${group}.dlq`, key, value, headers, encoding: 'base64', bytes };
}

function encode(value: HeaderValue): string | string[] | undefined {
  const encoded = [value]
    .flat()
    .flatMap((one) => (one === undefined ? [] : [Buffer.from(one as string).toString('base64')]));
  return Array.isArray(value) ? encoded : encoded[0];
}
