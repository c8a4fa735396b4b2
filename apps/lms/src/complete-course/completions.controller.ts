import { externalId } from '@laurel/contracts';
import {
  CurrentTenant,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  RawBody,
  type RawContent,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { notEnrolled } from '../access/not-enrolled.ts';
import { notFound } from '../access/not-found.ts';
import type { Reply } from '../access/reply.ts';
import { BatchRepository } from '../batches/batch.repository.ts';
import { csvLimits } from '../csv/csv-limits.ts';
import type { CsvReport } from '../csv/csv-report.ts';
import { csvReportSchema } from '../csv/csv-report-schema.ts';
import { enrolmentSchema } from '../enrolments/enrolment-schema.ts';
import { type Enrolment, EnrolmentRepository } from '../enrolments/enrolment.repository.ts';
import { CompleteCourse } from './complete-course.ts';
import { CompleteFromCsv, type TakenCompletion } from './complete-from-csv.ts';
import { completionFields } from './completion-fields.ts';

const completion = z
  .strictObject({
    learnerId: externalId,
    completedAt: completionFields.completedAt.optional().meta({ description: 'Left out, now' }),
    score: completionFields.score.optional().meta({ description: 'Percent; an attempt at the assessment `final`' }),
  })
  .meta({ id: 'Completion' });

/** Who has completed a batch. */
@Controller('v1/batches/:batchId/completions')
@Roles('issuer', 'creator')
export class CompletionsController {
  constructor(
    private readonly batches: BatchRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly completeCourse: CompleteCourse,
    private readonly completeFromCsv: CompleteFromCsv,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Complete the batch for an enrolled learner',
    description: 'The first completion counts; a second one is answered with it. Certificates follow by themselves.',
  })
  @ApiAcceptedResponse({ description: 'The enrolment, now completed', standardSchema: enrolmentSchema })
  @ApiOkResponse({ description: 'It was completed before, as it says', standardSchema: enrolmentSchema })
  async complete(
    @CurrentTenant() tenant: string,
    @Idempotent() request: IdempotentRequest,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Body({ schema: completion }) { learnerId, completedAt, score }: z.output<typeof completion>,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<Enrolment> {
    let isNew = false;
    await this.idempotency.once(request, async (transaction) => {
      const reported = { learnerId, completedAt: completedAt ?? new Date().toISOString(), score };
      const verdict = (await this.completeCourse.run(transaction, tenant, batchId, [reported])).get(learnerId);
      if (verdict === 'left' || verdict === 'not-enrolled') {
        throw notEnrolled(verdict === 'left' ? 'left' : undefined);
      }
      isNew = verdict === 'completed';
      return learnerId;
    });
    if (!isNew) reply.status(200);
    const found = await this.enrolments.find(tenant, batchId, learnerId);
    if (!found) throw notFound('enrolment', '/v1/batches/{batchId}/enrolments');
    return found;
  }

  @Post('csv')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Complete the batch for the learners of a CSV file with the columns learnerId, completedAt, score',
    description: 'A verdict for each row; what is refused leaves nothing behind. A broken file changes nothing.',
  })
  @ApiOkResponse({
    description: 'The verdicts',
    standardSchema: csvReportSchema(['completed', 'already-completed', 'refused']),
  })
  async completeAll(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) batchId: string,
    @RawBody({ mediaTypes: ['text/csv'], maxBytes: csvLimits.bytes }) file: RawContent,
  ): Promise<CsvReport<TakenCompletion>> {
    if (!(await this.batches.find(tenant, batchId))) throw notFound('batch', '/v1/batches');
    return this.completeFromCsv.run(tenant, batchId, file.bytes);
  }
}
