import { emailAddress, externalId, personName } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import {
  CurrentTenant,
  defineCursor,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  type Page,
  page,
  pageQuery,
  pageSchema,
  Problem,
  RawBody,
  type RawContent,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import type { Reply } from '../access/reply.ts';
import { BatchRepository } from '../batches/batch.repository.ts';
import { csvLimits } from '../csv/csv-limits.ts';
import type { CsvReport } from '../csv/csv-report.ts';
import { csvReportSchema } from '../csv/csv-report-schema.ts';
import { enrolmentSchema } from '../enrolments/enrolment-schema.ts';
import { type Enrolment, EnrolmentRepository } from '../enrolments/enrolment.repository.ts';
import { EnrolFromCsv } from './enrol-from-csv.ts';
import { EnrolLearners } from './enrol-learners.ts';
import { OpenBatch } from './open-batch.ts';

const newEnrolment = z
  .strictObject({
    learnerId: externalId,
    learner: z
      .strictObject({ name: personName.optional(), email: emailAddress.optional() })
      .optional()
      .meta({ description: 'Fills what is not known of the learner yet' }),
  })
  .meta({ id: 'NewEnrolment' });
const verdicts = ['enrolled', 'already-enrolled', 'refused'] as const;
const cursor = defineCursor('enrolments', z.object({ learnerId: z.string() }));
const query = pageQuery(cursor);

/** Who is in a batch. */
@Controller('v1/batches/:batchId/enrolments')
@Roles('creator', 'issuer')
export class EnrolmentsController {
  constructor(
    private readonly batches: BatchRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly openBatch: OpenBatch,
    private readonly enrolLearners: EnrolLearners,
    private readonly enrolFromCsv: EnrolFromCsv,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Enrol a learner, who is made where the tenant does not know them',
    description: 'Whoever had left comes back with the progress and the scores of before.',
  })
  @ApiCreatedResponse({ description: 'The enrolment', standardSchema: enrolmentSchema })
  @ApiOkResponse({ description: 'The learner was enrolled before', standardSchema: enrolmentSchema })
  async enrol(
    @CurrentTenant() tenant: string,
    @Idempotent() request: IdempotentRequest,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Body({ schema: newEnrolment }) { learnerId, learner }: z.output<typeof newEnrolment>,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<Enrolment> {
    let isNew = true;
    await this.idempotency.once(request, async (transaction) => {
      const batch = await this.openBatch.find(tenant, batchId);
      const facts = [{ learnerId, ...learner }];
      const done = await this.enrolLearners.run(transaction, tenant, batch, 'http', facts);
      isNew = done.get(learnerId) === 'enrolled';
      return learnerId;
    });
    reply.status(isNew ? 201 : 200);
    return this.read(tenant, batchId, learnerId);
  }

  @Post('csv')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Enrol the learners of a CSV file with the columns learnerId, name, email',
    description: 'A verdict for each row; what is refused leaves nothing behind. A broken file changes nothing.',
  })
  @ApiOkResponse({ description: 'The verdicts', standardSchema: csvReportSchema(verdicts) })
  async enrolAll(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) batchId: string,
    @RawBody({ mediaTypes: ['text/csv'], maxBytes: csvLimits.bytes }) file: RawContent,
  ): Promise<CsvReport<(typeof verdicts)[number]>> {
    return this.enrolFromCsv.run(tenant, await this.openBatch.find(tenant, batchId), file.bytes);
  }

  @Delete(':learnerId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a learner out of a batch; progress and scores are kept' })
  @ApiNoContentResponse({ description: 'The learner is not in the batch any more' })
  async leave(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Param('learnerId', { schema: externalId }) learnerId: string,
  ): Promise<void> {
    await this.unitOfWork.run((transaction) => this.enrolments.leave(transaction, tenant, batchId, learnerId));
    const { status } = await this.read(tenant, batchId, learnerId);
    if (status !== 'completed') return;
    throw new Problem(409, {
      code: 'enrolment-completed',
      detail:
        'learnerId: the learner has completed this batch and stays in it; revoke a certificate in certificate-registry.',
    });
  }

  @Get()
  @Roles(...readers)
  @ApiOperation({ summary: 'List the enrolments of a batch by learner' })
  @ApiOkResponse({ description: 'A page', standardSchema: pageSchema(enrolmentSchema) })
  async list(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Query({ schema: query }) { limit, cursor: after }: z.output<typeof query>,
  ): Promise<Page<Enrolment>> {
    const rows = await this.enrolments.list(tenant, batchId, after?.learnerId, limit + 1);
    // A foreign LMS may have completed learners of a batch that is not known here.
    if (rows.length === 0 && !(await this.batches.find(tenant, batchId))) throw notFound('batch', '/v1/batches');
    return page(rows, limit, cursor, ({ learnerId }) => ({ learnerId }));
  }

  private async read(tenant: string, batchId: string, learnerId: string): Promise<Enrolment> {
    const found = await this.enrolments.find(tenant, batchId, learnerId);
    if (!found) throw notFound('enrolment', '/v1/batches/{batchId}/enrolments');
    return found;
  }
}
