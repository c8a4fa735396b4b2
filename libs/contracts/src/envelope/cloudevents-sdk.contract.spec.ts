import { CloudEvent, type CloudEventV1, Kafka, type KafkaMessage } from 'cloudevents';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import type { Contract } from '../catalogue/contract.ts';
import { exampleEvents } from '../generation/example-events.ts';
import { structuredValue } from '../generation/structured-value.ts';
import { encodeEvent } from './encode-event.ts';
import type { Event } from './event.ts';
import { parseRecord } from './parse-record.ts';

const examples = (catalogue as readonly Contract[]).flatMap((contract) =>
  exampleEvents(contract).map((event, index) => ({
    name: `${contract.type} ${index + 1}`,
    topic: contract.topics[0]!.name,
    event,
  })),
);
const place = { partition: 0, offset: '0', timestamp: '0', key: null };

/** Our event in the words of the SDK. */
function attributes({ data, time, tenantId, correlationId, causationId, traceparent, sequence, ...same }: Event) {
  const extensions = {
    tenantid: tenantId,
    correlationid: correlationId,
    causationid: causationId,
    traceparent,
    sequence: String(sequence),
  };
  return { ...same, specversion: '1.0', time: time.toISOString(), ...extensions, data } as CloudEventV1<unknown>;
}

function read(written: Pick<KafkaMessage, 'headers' | 'value'>): CloudEvent<unknown> {
  const message = { ...written, key: '', body: written.value } as KafkaMessage;
  return Kafka.toEvent(message) as CloudEvent<unknown>;
}

describe.each(examples)('the CloudEvents SDK and this library agree on $name', ({ topic, event }) => {
  it('when we write, binary and structured', () => {
    const { headers, value } = encodeEvent(event);
    const binary = read({ headers, value });
    expect(binary.validate()).toBe(true);
    expect(binary.toJSON()).toMatchObject({ ...attributes(event), data: event.data });
    const text = JSON.stringify(structuredValue(event, event.data));
    const contentType = { 'content-type': 'application/cloudevents+json' };
    expect(read({ headers: contentType, value: text }).toJSON()).toMatchObject({
      ...attributes(event),
      data: event.data,
    });
  });

  it.each(['binary', 'structured'] as const)('when the SDK writes, %s', (mode) => {
    const written = new CloudEvent({ ...attributes(event), datacontenttype: 'application/json' });
    const message: Pick<KafkaMessage, 'headers' | 'value'> = Kafka[mode]<unknown>(written);
    // The SDK leaves the data of binary mode to its caller to serialise.
    const value = Buffer.from(typeof message.value === 'string' ? message.value : JSON.stringify(message.value));
    const headers = Object.fromEntries(
      Object.entries(message.headers).map(([name, text]) => [name, Buffer.from(String(text))]),
    );
    expect(parseRecord({ ...place, topic, value, headers })).toEqual({ kind: 'event', event });
  });
});
