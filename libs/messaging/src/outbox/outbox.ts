import {
  assertStrict,
  type AppName,
  type Contract,
  ContractBroken,
  contractFile,
  contractsOf,
  encodeEvent,
  type Event,
  type Events,
  tenantId,
  type TopicName,
} from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { v7 } from 'uuid';
import { childTraceparent } from '../tracing/child-traceparent.ts';
import { traceContext } from '../tracing/trace-context.ts';
import { insertOutboxRows, type OutboxRow } from './outbox-row.ts';

/** An event that is about to be said. What is not given is taken from its cause, or made. */
export type NewEvent<E extends Event> = E extends Event
  ? {
      readonly tenantId: string;
      readonly data: E['data'];
      /** Needed only on a topic with more than one type. */
      readonly type?: E['type'];
      /** The event that led to this one: its correlation and trace go on. */
      readonly cause?: Event;
      /** The version of the row that this is about. */
      readonly sequence?: number;
    }
  : never;

/** Thrown when an event is too large to be said; nothing was written. */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
}

/** Bytes of key, value and headers. What is larger belongs into the object store, named by its hash. */
const maxBytes = 262_144;

/** Says events in the transaction of what they tell of. The relay brings them to the broker after the commit. */
export class Outbox {
  private readonly source: string;

  constructor(
    private readonly app: AppName,
    private readonly nudge: () => void,
  ) {
    this.source = `/laurel/${app}`;
  }

  /**
   * Writes events for one topic, in their order.
   *
   * @throws {ContractBroken} when the data does not fit the contract, or this app is not among its producers
   * @throws {EventTooLarge} when a record would be over 256 KB
   */
  async add<Topic extends TopicName>(
    transaction: Transaction,
    topic: Topic,
    events: readonly NewEvent<Events[Topic]>[],
  ): Promise<void> {
    if (events.length === 0) return;
    await insertOutboxRows(
      transaction,
      (events as readonly NewEvent<Event>[]).map((event) => this.row(topic, event)),
    );
    transaction.afterCommit(this.nudge);
  }

  private row(topic: TopicName, given: NewEvent<Event>): OutboxRow {
    const contract = contractFor(topic, given.type);
    if (!contract.producers.includes(this.app)) {
      throw new Error(`${this.app} is not among the producers of ${contract.type} (${contractFile(contract)})`);
    }
    if (!tenantId.safeParse(given.tenantId).success) {
      throw new ContractBroken(`${contract.type}: tenantId is none, so no consumer could read the event`);
    }
    assertStrict(contract, given.data);
    const { cause } = given;
    const context = traceContext.getStore();
    const id = v7();
    const { headers, value } = encodeEvent({
      id,
      source: this.source,
      type: contract.type,
      time: new Date(),
      tenantId: given.tenantId,
      correlationId: cause?.correlationId ?? context?.correlationId ?? id,
      ...(cause ? { causationId: cause.id } : {}),
      traceparent: childTraceparent(cause?.traceparent ?? context?.traceparent),
      ...(given.sequence === undefined ? {} : { sequence: given.sequence }),
      data: given.data,
    });
    const key = contract.key.from(given.tenantId, given.data);
    const bytes = Buffer.byteLength(value) + headerBytes(headers) + key.length;
    if (bytes > maxBytes)
      throw new EventTooLarge(`${contract.type} of ${bytes} bytes; at most ${maxBytes} can be sent`);
    const lane = contract.topics.find(({ name }) => name === topic)?.lane === 'bulk' ? 1 : 0;
    return { lane, topic, key, value, headers, encoding: 'utf8', bytes };
  }
}

function contractFor(topic: string, type: string | undefined): Contract {
  const types = contractsOf(topic);
  if (!types) throw new Error(`No contract declares the topic ${topic}`);
  if (type !== undefined) {
    const contract = types.get(type);
    if (!contract) throw new Error(`The topic ${topic} has no type ${type}; it has ${[...types.keys()].join(', ')}`);
    return contract;
  }
  const [only, ...others] = types.values();
  if (!only || others.length > 0) throw new Error(`The topic ${topic} has several types: name one`);
  return only;
}

function headerBytes(headers: Record<string, string>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(headers)) bytes += name.length + Buffer.byteLength(value);
  return bytes;
}
