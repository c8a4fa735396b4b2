import { type CourseCompleted } from '@laurel/contracts';
import { completions, createDatabase, createTopics, sendRecords, startConsumers, waitFor } from '@laurel/testing';
import { Ctx, Payload } from '@nestjs/microservices';
import { expect, inject, test } from 'vitest';
import type { Slice } from '../slice/slice.ts';
import { Consumer } from './consumer.decorator.ts';
import { On } from './on.decorator.ts';

const seen: { key: string; sequence: number }[] = [];

@Consumer()
class Recorder {
  @On('course.completed')
  async record(@Payload() events: CourseCompleted[], @Ctx() slice: Slice): Promise<void> {
    await slice.transaction.query('SELECT 1');
    for (const { tenantId, data } of events) seen.push({ key: `${tenantId}/${data.enrolmentId}`, sequence: data.score ?? -1 });
  }
}

test('a slice comes to its handler in order', async () => {
  const stack = inject('stack');
  const { broker } = await createTopics(stack.brokers);
  const databaseUrl = await createDatabase(stack.postgresUrl);
  const running = await startConsumers({ app: 'proof-recorder', broker, databaseUrl, consumers: [Recorder] });
  const { records, ledger } = completions({ learners: 40, each: 5 });
  const begun = Date.now();
  await sendRecords(broker, records);
  await waitFor('all completions', () => seen.length, (count) => count >= ledger.total);
  console.log('took', Date.now() - begun, running.health());
  expect(ledger.compare(seen)).toEqual({ lost: [], doubled: [], outOfOrder: [] });
  await running.stop();
});
