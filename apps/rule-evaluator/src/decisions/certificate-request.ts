import type { CertificateRequested } from '@laurel/contracts';
import type { Batch, ReadAward } from '../batches/batch.ts';
import type { Learner } from '../learners/learner.repository.ts';
import type { Standing } from '../standings/standing.ts';
import type { Situation } from './decide.ts';
import { expiryOf } from './expiry-of.ts';
import { occasionOf } from './occasion-of.ts';
import { requestIdOf } from './request-id-of.ts';

/** The complete `certificate.requested` of an eligible completion: the generator needs nothing beside it. */
export function certificateRequest(
  standing: Standing,
  situation: Situation & { batch: Batch; learner: Learner & { name: string } },
  award: ReadAward,
  decidedAt: Date,
): CertificateRequested['data'] {
  const { batch, learner, completion, scores } = situation;
  const { credentialType, template } = award;
  const { id, version, terms } = credentialType;
  const score = Object.hasOwn(scores, 'final') ? scores.final?.best : undefined;
  const input = new Map([
    ['courseId', batch.course.id],
    ['courseTitle', batch.course.title],
    ['courseVersion', String(batch.course.version)],
    ['batchId', batch.batchId],
    ['batchName', batch.name],
    ['completedAt', completion.completedAt.toISOString()],
    ...(score === undefined ? [] : [['score', String(score)] as const]),
  ]);
  const claims = credentialType.claims.flatMap((name) => {
    const value = input.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const expiresAt = credentialType.validity === undefined ? undefined : expiryOf(decidedAt, credentialType.validity);
  return {
    requestId: requestIdOf(standing, batch, award),
    credentialType: { id, version, ...(terms === undefined ? {} : { terms }) },
    occasion: occasionOf(standing, batch, award),
    issue: { kind: 'first' },
    recipient: {
      learnerId: standing.learnerId,
      name: learner.name,
      ...(learner.email === undefined ? {} : { email: learner.email }),
    },
    claims: Object.fromEntries(claims),
    achievement: award.achievement,
    signatories: award.signatories,
    timeZone: batch.timeZone,
    award: { id: award.id, version: award.version },
    template,
    issuerId: award.issuerId,
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    decidedAt: decidedAt.toISOString(),
  };
}
