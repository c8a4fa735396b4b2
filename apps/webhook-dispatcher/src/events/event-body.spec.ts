import { courseCompleted, catalogue } from '@laurel/contracts';
import { expect, it } from 'vitest';
import { deliveredTypes } from './delivered-types.ts';
import { eventBody } from './event-body.ts';

it('tells type, time and data, and nothing of the learner of a foreign record', () => {
  const [example] = courseCompleted.examples;
  const { learner, ...data } = example!;
  expect(learner).toBeDefined();
  const body = JSON.parse(eventBody('course.completed', new Date(0), example!).toString()) as object;
  expect(body).toEqual({ type: 'course.completed', timestamp: '1970-01-01T00:00:00.000Z', data });
});

it('goes out for every contract that names this service, by the name without a version', () => {
  const named = catalogue.filter(({ consumers }) => (consumers as readonly string[]).includes('webhook-dispatcher'));
  expect([...deliveredTypes]).toEqual(named.map(({ type, fact }) => [type, fact]));
  expect([...deliveredTypes.values()]).toEqual(
    expect.arrayContaining(['course.completed', 'certificate.issued', 'certificate.revoked', 'certificate.withheld']),
  );
});
