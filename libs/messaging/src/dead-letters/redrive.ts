import type { Broker, OutgoingRecord } from '../broker/broker.ts';
import { deadLetterHeaders as names } from './dead-letter-headers.ts';
import type { DeadLetter } from './list-dead-letters.ts';

export interface RedriveReport {
  readonly redriven: DeadLetter[];
  /** Letters that had been redriven before, and were left alone. */
  readonly skipped: DeadLetter[];
}

/** The limit of the broker is 1 MB per partition and request, and a redrive topic has one partition. */
const mostBytes = 524_288;

/**
 * Writes dead letters to the redrive topics of their groups, in the order given. Each is handled there as if it came
 * from where it first stood, under its own name; what was handled before is absorbed.
 *
 * @param options.again redrives also what has been redriven before
 * @throws {Error} when it is not known what the broker took: list the letters again, those it took show `redriven`
 */
export async function redrive(
  broker: Broker,
  letters: readonly DeadLetter[],
  options: { readonly again?: boolean } = {},
): Promise<RedriveReport> {
  const skipped = options.again ? [] : letters.filter((letter) => letter.redriven > 0);
  const redriven = letters.filter((letter) => !skipped.includes(letter));
  if (redriven.length === 0) return { redriven, skipped };
  const producer = await broker.producer();
  try {
    for (const portion of portions(redriven)) await producer.send(portion.map(toRecord));
  } finally {
    await producer.close();
  }
  return { redriven, skipped };
}

function* portions(letters: readonly DeadLetter[]): Generator<DeadLetter[]> {
  let portion: DeadLetter[] = [];
  let bytes = 0;
  for (const letter of letters) {
    const size = sizeOf(letter);
    if (portion.length > 0 && bytes + size > mostBytes) {
      yield portion;
      portion = [];
      bytes = 0;
    }
    portion.push(letter);
    bytes += size;
  }
  yield portion;
}

function sizeOf({ record: { key, value, headers } }: DeadLetter): number {
  const parts = Object.values(headers).flat();
  return (key?.length ?? 0) + (value?.length ?? 0) + parts.reduce((sum, part) => sum + (part?.length ?? 0), 500);
}

/** What tells of the failure is left out; a record that fails again gets a letter of its own. */
const ofTheFailure = new Set<string>([names.attempts, names.errorClass, names.reason, names.failedAt]);

function toRecord({ group, offset, redrive: earlier, record }: DeadLetter): OutgoingRecord {
  const headers: Record<string, Buffer | string | (Buffer | string)[]> = {};
  for (const [name, value] of Object.entries(record.headers)) {
    if (value !== undefined && value !== null && !ofTheFailure.has(name)) headers[name] = value;
  }
  headers[names.redrive] = String(earlier + 1);
  headers[names.deadLetter] = offset;
  return { topic: `${group}.redrive`, key: record.key, value: record.value, headers };
}
