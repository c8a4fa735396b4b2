import { catalogue } from '../catalogue/catalogue.ts';
import { contractFile } from '../catalogue/contract-file.ts';
import type { Contract } from '../catalogue/contract.ts';
import { personalDataMark } from '../catalogue/personal-data-mark.ts';
import { type Topic, topicList } from '../catalogue/topic-list.ts';
import { encodeEvent } from '../envelope/encode-event.ts';
import { eventHeaders } from './event-headers.ts';
import { exampleEvents } from './example-events.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema-of.ts';
import { personalFields } from './personal-fields.ts';

const bindingVersion = '0.5.0';
const dayInMs = 24 * 60 * 60 * 1000;
const description = `Every fact that Laurel says on Kafka, and what it listens to.

Events are CloudEvents 1.0 in Kafka's binary mode: attributes as \`ce_*\` headers, the data alone as JSON value. Structured
mode (\`application/cloudevents+json\`) is read too, with the same attributes. A consumer ignores members it does not know
and skips a \`ce_type\` it does not know. An event is (\`ce_tenantid\`, \`ce_source\`, \`ce_id\`): the same three are the same
event. Order holds for one key of one topic.

Dead letters (\`<group>.dlq\`) and redriven records (\`<group>.redrive\`) are in topics.json, rights in acls.json.`;

const contracts: readonly Contract[] = catalogue;

/** The AsyncAPI 3.1 document of all contracts, apps and topics. */
export function asyncApi(): JsonSchema {
  const topics = new Map(topicList().map((topic) => [topic.name, topic]));
  const names = [...new Set(contracts.flatMap((contract) => contract.topics.map(({ name }) => name)))];
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Laurel events',
      version: '1.0.0',
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(names.map((name) => [name, channel(topics.get(name)!)])),
    operations: Object.fromEntries(names.flatMap(operations)),
    components: {
      messages: Object.fromEntries(contracts.flatMap(messages)),
      schemas: Object.fromEntries(contracts.flatMap(schemas)),
    },
  };
}

const contractsOn = (topic: string) => contracts.filter(({ topics }) => topics.some(({ name }) => name === topic));
const plainName = (contract: Contract) => `${contract.type}.plain`;
const messageNames = (contract: Contract) => [contract.type, ...(contract.wire?.plain ? [plainName(contract)] : [])];

function channel(topic: Topic): JsonSchema {
  const compact = topic.retention === 'compact';
  return {
    address: topic.name,
    description: contractsOn(topic.name)
      .map((contract) => `${contract.description} Declared in \`${contractFile(contract)}\`.`)
      .join('\n'),
    messages: Object.fromEntries(
      contractsOn(topic.name)
        .flatMap(messageNames)
        .map((name) => [name, { $ref: `#/components/messages/${name}` }]),
    ),
    bindings: {
      kafka: {
        topic: topic.name,
        partitions: topic.partitions,
        topicConfiguration: {
          'cleanup.policy': [compact ? 'compact' : 'delete'],
          ...(topic.retention === 'compact' ? {} : { 'retention.ms': topic.retention * dayInMs }),
          'max.message.bytes': topic.maxMessageBytes,
          'message.timestamp.type': topic.timestamps === 'log-append' ? 'LogAppendTime' : 'CreateTime',
        },
        bindingVersion,
      },
    },
    ...(topic.proof ? { 'x-proof': true } : {}),
  };
}

/** What each app sends to a topic and receives from it. */
function operations(topic: string): [string, JsonSchema][] {
  const all = new Map<string, JsonSchema & { messages: { $ref: string }[] }>();
  for (const contract of contractsOn(topic)) {
    for (const app of contract.producers) {
      // A foreign system has one form, with or without headers; our own producers always write events.
      const name = app === 'foreign-lms' ? plainName(contract) : contract.type;
      add(app, 'send', [name]);
    }
    for (const app of contract.consumers) add(app, 'receive', messageNames(contract));
  }
  return [...all];

  function add(app: string, action: 'send' | 'receive', messages: string[]): void {
    const id = `${app}.${action}.${topic}`;
    const channelRef = `#/channels/${topic}`;
    const operation = all.get(id) ?? {
      action,
      channel: { $ref: channelRef },
      title: `${app} ${action}s ${topic}`,
      messages: [],
      ...(action === 'receive'
        ? { bindings: { kafka: { groupId: { type: 'string', const: `${app}.${topic}` }, bindingVersion } } }
        : {}),
    };
    operation.messages.push(...messages.map((name) => ({ $ref: `${channelRef}/messages/${name}` })));
    all.set(id, operation);
  }
}

function messages(contract: Contract): [string, JsonSchema][] {
  const key = {
    type: 'string',
    format: 'uuid',
    description: `The ${contract.key.of} with its tenant, as a version-5 UUID`,
  };
  const event = {
    ...about(contract, personalFields(contract.data)),
    name: contract.type,
    title: contract.type,
    headers: eventHeaders(contract.type),
    payload: { $ref: `#/components/schemas/${contract.type}` },
    correlationId: { location: '$message.header#/ce_correlationid' },
    bindings: { kafka: { key, bindingVersion } },
    examples: exampleEvents(contract).map((example) => ({
      headers: encodeEvent(example).headers,
      payload: example.data,
    })),
  };
  if (!contract.wire?.plain) return [[contract.type, event]];
  const plain = {
    ...about(contract, personalFields(contract.wire.schema)),
    name: plainName(contract),
    title: `${contract.type}, as a foreign system writes it`,
    payload: { $ref: `#/components/schemas/${plainName(contract)}` },
    bindings: { kafka: { key: { type: 'string', description: 'Counts for nothing' }, bindingVersion } },
  };
  return [
    [contract.type, event],
    [plainName(contract), plain],
  ];
}

function about(contract: Contract, personal: string[]): JsonSchema {
  const note = personal.length > 0 ? `Personal data: ${personal.join(', ')}.` : 'No personal data.';
  return { summary: contract.description, description: note, [personalDataMark]: personal };
}

function schemas(contract: Contract): [string, JsonSchema][] {
  const { $schema: _, ...data } = jsonSchemaOf(contract.data, 'draft-7');
  if (!contract.wire) return [[contract.type, data]];
  const { $schema: __, ...wire } = jsonSchemaOf(contract.wire.schema, 'draft-7');
  return [
    [contract.type, data],
    [plainName(contract), wire],
  ];
}
