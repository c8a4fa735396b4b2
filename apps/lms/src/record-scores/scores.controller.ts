import { enrolmentId, externalId, instant } from '@laurel/contracts';
import { Outbox } from '@laurel/messaging';
import { CurrentTenant, Idempotency, Idempotent, type IdempotentRequest, Roles } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../access/not-found.ts';
import type { Reply } from '../access/reply.ts';
import { completionFields } from '../complete-course/completion-fields.ts';
import { EnrolledLearner } from '../enrolments/enrolled-learner.ts';
import { type Score, ScoreRepository } from '../scores/score.repository.ts';

const newScore = z
  .strictObject({
    learnerId: externalId,
    assessmentId: externalId.meta({
      description: 'The test; `final` is the one that a completion with a score attempts',
    }),
    attemptId: externalId.meta({ description: 'The same attempt again counts only with a later scoredAt' }),
    score: completionFields.score.meta({ description: 'Percent' }),
    scoredAt: completionFields.completedAt.optional().meta({ description: 'Left out, now' }),
  })
  .meta({ id: 'NewScore' });
const answer = z
  .object({
    enrolmentId: z.uuid(),
    assessmentId: externalId,
    attemptId: externalId,
    score: z.number(),
    scoredAt: instant,
  })
  .meta({ id: 'Score' });

/** Attempts of learners at assessments. */
@Controller('v1/batches/:batchId/scores')
@Roles('issuer', 'creator')
export class ScoresController {
  constructor(
    private readonly enrolled: EnrolledLearner,
    private readonly scores: ScoreRepository,
    private readonly outbox: Outbox,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Record an attempt of an enrolled learner at an assessment' })
  @ApiAcceptedResponse({ description: 'The attempt', standardSchema: answer })
  @ApiOkResponse({ description: 'It was there already, as it says', standardSchema: answer })
  async record(
    @CurrentTenant() tenant: string,
    @Idempotent() request: IdempotentRequest,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Body({ schema: newScore }) { learnerId, scoredAt: given, ...rest }: z.output<typeof newScore>,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<Score & { enrolmentId: string }> {
    const id = enrolmentId(tenant, batchId, learnerId);
    const score = { ...rest, scoredAt: new Date(given ?? Date.now()).toISOString() };
    let isNew = false;
    await this.idempotency.once(request, async (transaction) => {
      await this.enrolled.lock(transaction, tenant, batchId, learnerId);
      isNew = await this.scores.put(transaction, tenant, id, score);
      const data = { enrolmentId: id, batchId, learnerId, ...score };
      if (isNew) await this.outbox.add(transaction, 'assessment.scored', [{ tenantId: tenant, data }]);
      return id;
    });
    if (!isNew) reply.status(200);
    const kept = await this.scores.find(tenant, id, score.assessmentId, score.attemptId);
    if (!kept) throw notFound('enrolment', '/v1/batches/{batchId}/enrolments');
    return { enrolmentId: id, ...kept };
  }
}
