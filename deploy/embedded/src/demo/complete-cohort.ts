import { kafkajsBroker } from '@laurel/messaging';
import { pino } from 'pino';
import { cohort, type CohortMember } from './cohort.ts';
import type { DemoApi } from './demo-api.ts';
import { demoTenant } from './demo-tenant.ts';

/** The cohort completes its course: half of it by HTTP, half by plain records that any LMS can write. */
export async function completeCohort(api: DemoApi, brokers: string, batchId: string): Promise<void> {
  const members = cohort();
  await Promise.all([
    byHttp(
      api,
      batchId,
      members.filter(({ road }) => road === 'http'),
    ),
    byKafka(
      brokers,
      batchId,
      members.filter(({ road }) => road === 'kafka'),
    ),
  ]);
}

async function byHttp(api: DemoApi, batchId: string, members: readonly CohortMember[]): Promise<void> {
  for (const { learnerId, score } of members) {
    await api.call({
      service: 'lms',
      method: 'POST',
      path: `/v1/batches/${batchId}/completions`,
      caller: `${demoTenant}-issuer`,
      body: { learnerId, score },
    });
  }
}

async function byKafka(brokers: string, batchId: string, members: readonly CohortMember[]): Promise<void> {
  const broker = kafkajsBroker({
    brokers: brokers.split(','),
    topicPrefix: '',
    clientId: 'demo-lms',
    logger: pino({ level: 'silent' }),
  });
  const producer = await broker.producer();
  try {
    const completedAt = new Date().toISOString();
    await producer.send(
      members.map(({ learnerId, score }) => ({
        topic: 'course.completed',
        key: learnerId,
        value: JSON.stringify({ tenantId: demoTenant, batchId, learnerId, completedAt, score }),
        headers: {},
      })),
    );
  } finally {
    await producer.close();
  }
}
