import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../catalogue/catalogue.ts';
import type { Contract } from '../catalogue/contract.ts';
import { asyncApi } from './async-api.ts';

const parser = new Parser();
const problems = async (document: unknown) =>
  (await parser.parse(JSON.stringify(document))).diagnostics.map(
    ({ message, path }) => `${path.join('/')}: ${message}`,
  );

describe('the AsyncAPI document', () => {
  it('is valid, without a warning', async () => {
    expect(await problems(asyncApi())).toEqual([]);
  });

  it('is held against AsyncAPI 3.1 and its Kafka bindings: a planted fault is found', async () => {
    const text = JSON.stringify(asyncApi());
    expect(await problems(JSON.parse(text.replace('"action":"send"', '"action":"say"')))).not.toEqual([]);
    expect(await problems(JSON.parse(text.replace('"partitions":12', '"partitions":0')))).not.toEqual([]);
    expect(await problems(JSON.parse(text.replaceAll('#/components/schemas/proof.', '#/no/such.')))).not.toEqual([]);
  });

  it('says of each topic, app and type what the contracts say', async () => {
    const { document } = await parser.parse(JSON.stringify(asyncApi()));
    expect(document!.version()).toBe('3.1.0');
    for (const { topics, producers, consumers, type } of catalogue as readonly Contract[]) {
      for (const { name, partitions, retention } of topics) {
        const channel = document!.channels().get(name)!;
        const kafka = channel.bindings().get('kafka')!.value<{ partitions: number; topicConfiguration: object }>();
        expect(kafka).toMatchObject({
          partitions,
          topicConfiguration: { 'retention.ms': Number(retention) * 86_400_000 },
        });
        expect(channel.messages().get(type)).toBeDefined();
        const operations = channel.operations().map((operation) => operation.id());
        const wanted = [
          ...producers.map((app) => `${app}.send.${name}`),
          ...consumers.map((app) => `${app}.receive.${name}`),
        ];
        expect(operations.sort()).toEqual(wanted.sort());
      }
    }
  });

  it('says which fields are personal data', async () => {
    const { document } = await parser.parse(JSON.stringify(asyncApi()));
    const message = document!.components().messages().get('certificate.requested.v1')!;
    expect(message.description()).toBe('Personal data: recipient.email, recipient.name.');
    expect(message.extensions().get('x-personal-data')!.value()).toEqual(['recipient.email', 'recipient.name']);
  });
});
