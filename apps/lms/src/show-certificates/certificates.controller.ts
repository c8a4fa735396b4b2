import { externalId } from '@laurel/contracts';
import {
  type Caller,
  CurrentCaller,
  CurrentTenant,
  defineCursor,
  type Page,
  page,
  pageQuery,
  pageSchema,
  Problem,
  Roles,
} from '@laurel/service-kit';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { LearnerRepository } from '../learners/learner.repository.ts';
import { type LearnerOutcome, learnerOutcomeSchema } from './learner-outcome-schema.ts';
import { LearnerOutcomeRepository } from './learner-outcome.repository.ts';

const cursor = defineCursor('learner-certificates', z.object({ at: z.iso.datetime(), key: z.string() }));
const query = pageQuery(cursor);
const answer = pageSchema(learnerOutcomeSchema);

/** A learner's certificates over all batches, and the awards that were withheld with their reasons. */
@Controller('v1')
export class CertificatesController {
  constructor(
    private readonly learners: LearnerRepository,
    private readonly outcomes: LearnerOutcomeRepository,
  ) {}

  @Get('learners/:learnerId/certificates')
  @Roles(...readers)
  @ApiOperation({ summary: 'List the certificates of a learner, and what was withheld, the newest first' })
  @ApiOkResponse({ description: 'A page', standardSchema: answer })
  async ofLearner(
    @CurrentTenant() tenant: string,
    @Param('learnerId', { schema: externalId }) learnerId: string,
    @Query({ schema: query }) given: z.output<typeof query>,
  ): Promise<Page<LearnerOutcome>> {
    if (!(await this.learners.find(tenant, learnerId))) throw notFound('learner', '/v1/learners');
    return this.list(tenant, learnerId, given);
  }

  @Get('me/certificates')
  @Roles('learner')
  @ApiOperation({ summary: 'List the own certificates, and what was withheld, the newest first' })
  @ApiOkResponse({ description: 'A page', standardSchema: answer })
  async own(
    @CurrentTenant() tenant: string,
    @CurrentCaller() caller: Caller,
    @Query({ schema: query }) given: z.output<typeof query>,
  ): Promise<Page<LearnerOutcome>> {
    const learnerId = await this.learners.ofAccount(tenant, caller.subject);
    if (learnerId !== undefined) return this.list(tenant, learnerId, given);
    throw new Problem(404, {
      code: 'account-unknown',
      detail: 'No learner of this tenant has your account yet; ask whoever enrolled you to set it on your learner.',
    });
  }

  private async list(
    tenant: string,
    learnerId: string,
    { limit, cursor: after }: z.output<typeof query>,
  ): Promise<Page<LearnerOutcome>> {
    const rows = await this.outcomes.list(tenant, learnerId, after, limit + 1);
    const { items, next } = page(rows, limit, cursor, ({ position }) => position);
    return { items: items.map(({ outcome }) => outcome), ...(next === undefined ? {} : { next }) };
  }
}
