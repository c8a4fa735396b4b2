import { type Award, assertStrict, batchUpdated, certificateRequested } from '@laurel/contracts';
import { expect, test } from 'vitest';
import { readBatch } from '../batches/read-batch.ts';
import { certificateRequest } from './certificate-request.ts';

const time = new Date('2026-03-01T12:00:00Z');

/** What is requested where the batch of the first example has an award of this type. */
function requested(credentialType: Partial<Award['credentialType']>) {
  const [example] = batchUpdated.examples;
  const [award] = example!.awards;
  const given = { ...award!, credentialType: { ...award!.credentialType, ...credentialType } };
  const read = readBatch({ ...example!, awards: [given] });
  if ('problem' in read) throw new Error(read.problem);
  const { batch } = read;
  const completion = { completedAt: time, time, source: 's', id: '1', correlationId: 'c' };
  const standing = {
    ...{ tenantId: 'demo', batchId: batch.batchId, learnerId: 'L-1', version: 1, isNew: true },
    ...{ enrolmentId: '0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09', completion },
  };
  const learner = { isKnown: true, name: 'Asha' };
  const scores = { final: { best: 60, attempts: 1 } };
  return certificateRequest(standing, { completion, scores, batch, learner }, batch.awards[0]!, time);
}

test('a request names the type as its award does, with the terms of its own where it has some', () => {
  for (const terms of [undefined, ['courseTitle']]) {
    const request = requested(terms ? { terms } : {});
    assertStrict(certificateRequested, request);
    expect(request.credentialType).toEqual({ id: 'course-completion', version: 1, ...(terms && { terms }) });
  }
});
