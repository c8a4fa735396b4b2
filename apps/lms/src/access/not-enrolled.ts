import { Problem } from '@laurel/service-kit';

/** 409 for a learner whose progress, score or completion comes over HTTP without an enrolment. */
export function notEnrolled(status: 'left' | undefined): Problem {
  const why = status === 'left' ? 'has left this batch' : 'is not enrolled in this batch';
  return new Problem(409, {
    code: 'not-enrolled',
    detail: `learnerId: the learner ${why}; enrol by POST /v1/batches/{batchId}/enrolments, and send this again.`,
  });
}
