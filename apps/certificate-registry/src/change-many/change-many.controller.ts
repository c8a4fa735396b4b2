import { plainText } from '@laurel/contracts';
import {
  type Caller,
  CurrentCaller,
  CurrentTenant,
  defineCursor,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  page,
  pageQuery,
  Problem,
  RawBody,
  type RawContent,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { changeKinds } from '../certificates/change-kind.ts';
import { ChangeJobRepository } from './change-job.repository.ts';
import { changeResults } from './change-result.ts';
import { changeJobView, type ChangeJobView } from './change-job-view.ts';
import { changeLimits } from './change-limits.ts';
import { changeManyBody, type ChangeManyBody } from './change-many-body.ts';
import { showChangeJob } from './show-change-job.ts';
import { StartChangeJob } from './start-change-job.ts';

const accepted = z
  .object({ jobId: z.uuid().meta({ description: 'GET /v1/certificates/changes/{jobId} reads how far it is' }) })
  .meta({ id: 'AcceptedChange' });
const cursor = defineCursor('changes', z.object({ id: z.uuid() }));
const resultsQuery = pageQuery(cursor).extend({ result: z.enum(changeResults).optional() });
const fileQuery = z.object({
  change: z.enum(changeKinds),
  reason: plainText(500).optional().meta({ description: 'For lines without one of their own: no personal data' }),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Tells what would become of each, and changes nothing' }),
});

/** Changes many certificates by a job: those of a filter, or those of a file. */
@ApiTags('certificates')
@Controller('v1/certificates/changes')
export class ChangeManyController {
  constructor(
    private readonly startChangeJob: StartChangeJob,
    private readonly jobs: ChangeJobRepository,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @HttpCode(202)
  @Roles('issuer', 'admin')
  @ApiOperation({
    summary: 'Revoke, suspend, reinstate or withdraw all certificates that fit a filter',
    description:
      'Those that fit when it is accepted are meant; what is allocated later is not. A dry run changes nothing.',
  })
  @ApiResponse({ status: 202, description: 'Read the job under this id', standardSchema: accepted })
  async start(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Body({ schema: changeManyBody }) body: ChangeManyBody,
  ): Promise<z.output<typeof accepted>> {
    const { id } = await this.idempotency.once(request, (transaction) =>
      this.startChangeJob.ofFilter(transaction, { tenantId, actor: caller.subject }, body),
    );
    return { jobId: id };
  }

  @Post('csv')
  @HttpCode(202)
  @Roles('issuer', 'admin')
  @ApiOperation({
    summary: 'The same for the certificates of a CSV file with the columns certificate, reason, until',
    description:
      '`certificate` is an id or a number; reason and until may be left out. 422 tells every line that is wrong, and then nothing is changed.',
  })
  @ApiResponse({ status: 202, description: 'Read the job under this id', standardSchema: accepted })
  async startFile(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Query({ schema: fileQuery }) { change, reason, dryRun }: z.output<typeof fileQuery>,
    @RawBody({ mediaTypes: ['text/csv'], maxBytes: changeLimits.bytes }) file: RawContent,
  ): Promise<z.output<typeof accepted>> {
    const of = { change, reason, dryRun: dryRun === 'true' };
    const { id } = await this.idempotency.once(request, (transaction) =>
      this.startChangeJob.ofFile(transaction, { tenantId, actor: caller.subject }, of, file.text()),
    );
    return { jobId: id };
  }

  @Get(':jobId')
  @Roles('operator', 'admin', 'issuer', 'viewer')
  @ApiOperation({ summary: 'Read how far a job is, and what became of each of its certificates' })
  @ApiResponse({ status: 200, description: 'The job', standardSchema: changeJobView })
  async read(
    @CurrentTenant() tenantId: string,
    @Param('jobId', { schema: z.uuid() }) jobId: string,
    @Query({ schema: resultsQuery }) { limit, cursor: after, result }: z.output<typeof resultsQuery>,
  ): Promise<ChangeJobView> {
    const job = await this.jobs.find(tenantId, jobId);
    if (!job)
      throw new Problem(404, {
        code: 'not-found',
        detail: 'The tenant has no job with this id; one is kept for 31 days after its end.',
      });
    const rows = await this.jobs.results(job.id, { result, after: after?.id, limit: limit + 1 });
    return showChangeJob(
      job,
      page(rows, limit, cursor, ({ certificate_id: id }) => ({ id })),
    );
  }
}
