import { externalId } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import { CurrentTenant, Roles } from '@laurel/service-kit';
import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../access/not-found.ts';
import { enrolmentSchema } from '../enrolments/enrolment-schema.ts';
import { type Enrolment, EnrolmentRepository } from '../enrolments/enrolment.repository.ts';
import { RecordProgress } from './record-progress.ts';

const progress = z
  .strictObject({ percent: z.number().min(0, 'must be from 0 to 100').max(100, 'must be from 0 to 100') })
  .meta({ id: 'Progress' });

/** How far a learner has come. */
@Controller('v1/batches/:batchId/learners/:learnerId/progress')
@Roles('issuer', 'creator')
export class ProgressController {
  constructor(
    private readonly enrolments: EnrolmentRepository,
    private readonly recordProgress: RecordProgress,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Put()
  @ApiOperation({
    summary: 'Record how far a learner has come',
    description:
      'Progress never goes down: a lower percentage changes nothing. 100 completes the batch for the learner.',
  })
  @ApiOkResponse({ description: 'The enrolment as it is now', standardSchema: enrolmentSchema })
  async record(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Param('learnerId', { schema: externalId }) learnerId: string,
    @Body({ schema: progress }) { percent }: z.output<typeof progress>,
  ): Promise<Enrolment> {
    await this.unitOfWork.run((transaction) =>
      this.recordProgress.run(transaction, tenant, batchId, learnerId, percent),
    );
    const found = await this.enrolments.find(tenant, batchId, learnerId);
    if (!found) throw notFound('enrolment', '/v1/batches/{batchId}/enrolments');
    return found;
  }
}
