import { externalId } from '@laurel/contracts';
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
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { awardSchema } from '../awards/award-schema.ts';
import { batchFields } from '../batches/batch-fields.ts';
import { BatchRegistry, type WholeBatch } from '../batches/batch-registry.ts';
import { type BatchStatus, batchStatus } from '../batches/batch-status.ts';
import { ChangeBatch } from './change-batch.ts';
import { MakeBatch } from './make-batch.ts';

const { name, timeZone, startsOn, endsOn, enrolment } = batchFields;
const newBatch = z
  .strictObject({
    id: externalId.optional().meta({ description: 'Left out, a UUID is made' }),
    courseId: externalId,
    name,
    timeZone: timeZone.optional().meta({ description: 'Left out, the tenant’s' }),
    startsOn,
    endsOn: endsOn.optional().meta({ description: 'The last day; left out, it does not end' }),
    enrolment: enrolment.default('open'),
  })
  .refine((dates) => dates.endsOn === undefined || dates.endsOn >= dates.startsOn, {
    path: ['endsOn'],
    error: 'must not be before startsOn',
  })
  .meta({ id: 'NewBatch' });
const changedBatch = z
  .strictObject({
    name: name.optional(),
    timeZone: timeZone.optional(),
    startsOn: startsOn.optional(),
    endsOn: endsOn.nullable().optional().meta({ description: 'The last day; null: it does not end' }),
    enrolment: enrolment.optional(),
  })
  .meta({ id: 'BatchChange' });
const answer = z
  .object({
    id: externalId,
    ...batchFields,
    endsOn: endsOn.optional(),
    course: z.object({ id: externalId, version: z.int(), title: z.string() }),
    status: z.enum(['upcoming', 'ongoing', 'ended']).meta({ description: 'As its dates say now, in its time zone' }),
    version: z.int(),
    awards: z.array(awardSchema),
  })
  .meta({ id: 'Batch' });
const cursor = defineCursor('batches', z.object({ id: z.string() }));
const query = pageQuery(cursor);

type AnsweredBatch = WholeBatch & { readonly status: BatchStatus };

/** Runs of courses. */
@Controller('v1/batches')
@Roles(...readers)
export class BatchesController {
  constructor(
    private readonly batches: BatchRegistry,
    private readonly makeBatch: MakeBatch,
    private readonly changeBatch: ChangeBatch,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Make a batch of a course, which keeps the version that the course has now' })
  @ApiCreatedResponse({ description: 'The batch', standardSchema: answer })
  async create(
    @CurrentTenant() tenant: string,
    @Idempotent() request: IdempotentRequest,
    @Body({ schema: newBatch }) body: z.output<typeof newBatch>,
  ): Promise<AnsweredBatch> {
    const { id } = await this.idempotency.once(request, (transaction) => this.makeBatch.run(transaction, tenant, body));
    return this.read(tenant, id);
  }

  @Patch(':batchId')
  @Roles('creator', 'admin')
  @ApiOperation({ summary: 'Change a batch; one that has ended is extended by a later endsOn' })
  @ApiOkResponse({ description: 'The batch as it is now', standardSchema: answer })
  async change(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) id: string,
    @Body({ schema: changedBatch }) body: z.output<typeof changedBatch>,
  ): Promise<AnsweredBatch> {
    await this.unitOfWork.run((transaction) => this.changeBatch.run(transaction, tenant, id, body));
    return this.read(tenant, id);
  }

  @Get(':batchId')
  @ApiOperation({ summary: 'Read a batch with its awards' })
  @ApiOkResponse({ description: 'The batch', standardSchema: answer })
  async read(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) id: string,
  ): Promise<AnsweredBatch> {
    const found = await this.batches.find(tenant, id);
    if (!found) throw notFound('batch', '/v1/batches');
    return { ...found, status: batchStatus(found, new Date()) };
  }

  @Get()
  @ApiOperation({ summary: 'List batches by id' })
  @ApiOkResponse({ description: 'A page', standardSchema: pageSchema(answer) })
  async list(
    @CurrentTenant() tenant: string,
    @Query({ schema: query }) { limit, cursor: after }: z.output<typeof query>,
  ): Promise<Page<AnsweredBatch>> {
    const rows = await this.batches.list(tenant, after?.id, limit + 1);
    const now = new Date();
    return page(
      rows.map((row) => ({ ...row, status: batchStatus(row, now) })),
      limit,
      cursor,
      ({ id }) => ({ id }),
    );
  }
}
