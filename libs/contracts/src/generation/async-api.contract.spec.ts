import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import type { Contract } from '../catalogue/contract.ts';
import { asyncApi } from './async-api.ts';

const parser = new Parser();
const parse = (document: unknown) => parser.parse(JSON.stringify(document));

describe('the AsyncAPI document', { timeout: 30_000 }, async () => {
  const { document, diagnostics } = await parse(asyncApi());

  it('is valid, without a warning', () => {
    expect(diagnostics).toEqual([]);
  });

  it('is held against AsyncAPI 3.1 and its Kafka bindings: planted faults are found', async () => {
    const faults: [string, string, string][] = [
      ['"action":"send"', '"action":"say"', 'operations/lms.send.tenant.updated/action'],
      ['"partitions":12', '"partitions":0', 'channels/learner.updated/bindings/kafka/partitions'],
      ['#/components/schemas/proof.', '#/no/such.', 'components/messages/proof.recorded.v1/payload/$ref'],
    ];
    for (const [good, bad, where] of faults) {
      const { diagnostics: found } = await parse(JSON.parse(JSON.stringify(asyncApi()).replace(good, bad)));
      expect(found.map(({ path }) => path.join('/'))).toContain(where);
    }
  });

  it('says of each topic, app and type what the contracts say', () => {
    expect(document!.version()).toBe('3.1.0');
    for (const { topics, type } of catalogue as readonly Contract[]) {
      for (const { name, partitions, retention } of topics) {
        const channel = document!.channels().get(name)!;
        const kafka = channel.bindings().get('kafka')!.value<{ partitions: number; topicConfiguration: object }>();
        expect(kafka).toMatchObject({
          partitions,
          topicConfiguration:
            retention === 'compact'
              ? { 'cleanup.policy': ['compact'] }
              : { 'cleanup.policy': ['delete'], 'retention.ms': retention * 86_400_000 },
        });
        expect(channel.messages().get(type)).toBeDefined();
        const operations = channel.operations().map((operation) => operation.id());
        const together = (catalogue as readonly Contract[]).filter((each) =>
          each.topics.some((of) => of.name === name),
        );
        const wanted = together.flatMap((each) => [
          ...each.producers.map((app) => `${app}.send.${name}`),
          ...each.consumers.map((app) => `${app}.receive.${name}`),
        ]);
        expect(operations.sort()).toEqual([...new Set(wanted)].sort());
      }
    }
  });

  it('says which fields are personal data', () => {
    const message = document!.components().messages().get('certificate.requested.v1')!;
    expect(message.description()).toBe('Personal data: recipient.email, recipient.name.');
    expect(message.extensions().get('x-personal-data')!.value()).toEqual(['recipient.email', 'recipient.name']);
  });
});
