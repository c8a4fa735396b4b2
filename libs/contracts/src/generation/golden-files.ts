import { catalogue } from '../catalogue/catalogue.ts';
import { contractFile } from '../catalogue/contract-file.ts';
import type { Contract } from '../catalogue/contract.ts';
import { encodeEvent } from '../envelope/encode-event.ts';
import type { Event } from '../envelope/event.ts';
import { parseRecord } from '../envelope/parse-record.ts';
import { exampleEvents } from './example-events.ts';
import { structuredValue } from './structured-value.ts';

/** A published example would no longer be what was published. */
export class GoldenFileChanged extends Error {
  override readonly name = 'GoldenFileChanged';
}

/** One record as it was published, byte for byte, and the event that every later parser must make of it. */
export interface GoldenRecord {
  readonly mode: 'binary' | 'structured' | 'plain';
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
  readonly event: Omit<Event, 'time'> & { readonly time: string };
}

/** `golden/<type>/<n>.json`: where the records stand, and one in each mode that the contract knows. */
export interface GoldenFile {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly timestamp: string;
  readonly key: string;
  readonly records: readonly GoldenRecord[];
}

/**
 * The golden files by their path in the repository: the n-th example of a contract is `golden/<type>/<n>.json`. What was
 * published once is neither changed nor deleted by any tool.
 *
 * @param committed what stands in the repository under a path, if anything does
 * @throws {GoldenFileChanged} with a sentence for each committed file that is not what its example makes today
 */
export function goldenFiles(committed: (path: string) => string | null): Record<string, string> {
  const files: Record<string, string> = {};
  const changed: string[] = [];
  for (const contract of catalogue as readonly Contract[]) {
    for (const [index, event] of exampleEvents(contract).entries()) {
      const path = `libs/contracts/golden/${contract.type}/${index + 1}.json`;
      files[path] = `${JSON.stringify(goldenFile(contract, event, index), null, 2)}\n`;
      const before = committed(path);
      if (before !== null && before !== files[path]) changed.push(sentence(path, contract, index));
    }
  }
  if (changed.length > 0) throw new GoldenFileChanged(changed.join('\n'));
  return files;
}

function sentence(path: string, contract: Contract, index: number): string {
  return (
    `${path} would change, but consumers may hold that record for ever. Put example ${index + 1} of ` +
    `${contractFile(contract)} back as it was and add yours at the end of the list. If the encoding was changed on ` +
    `purpose, give the file another name in its folder: it stays tested, and \`npm run generate\` makes the new one.`
  );
}

function goldenFile(contract: Contract, event: Event, index: number): GoldenFile {
  const place = {
    topic: contract.topics[0]!.name,
    partition: 3,
    offset: String(41 + index),
    timestamp: '1772366404000',
  };
  const key = contract.key.from(event.tenantId, event.data);
  const records = recordsOf(contract, event).map((record): GoldenRecord => {
    const parsed = parseRecord({
      ...place,
      key: Buffer.from(key),
      headers: record.headers,
      value: Buffer.from(record.value),
    });
    if (parsed.kind === 'event')
      return { ...record, event: { ...parsed.event, time: parsed.event.time.toISOString() } };
    const why = parsed.kind === 'malformed' ? parsed.reason : parsed.kind;
    throw new TypeError(`Example ${index + 1} of ${contractFile(contract)} cannot be read (${record.mode}): ${why}`);
  });
  return { ...place, key, records };
}

function recordsOf(contract: Contract, event: Event): Omit<GoldenRecord, 'event'>[] {
  const { wire } = contract;
  // A stranger's form leaves out what Laurel derives, and names the tenant in the value.
  const foreign = wire ? (wire.schema.parse(event.data) as object) : event.data;
  const plain = { tenantId: event.tenantId, ...(foreign as object) };
  return [
    { mode: 'binary', ...encodeEvent(event) },
    {
      mode: 'structured',
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
      value: JSON.stringify(structuredValue(event, foreign)),
    },
    ...(wire?.plain ? [{ mode: 'plain' as const, headers: {}, value: JSON.stringify(plain) }] : []),
  ];
}
