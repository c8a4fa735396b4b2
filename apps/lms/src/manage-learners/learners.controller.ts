import { emailAddress, externalId, personName, printable } from '@laurel/contracts';
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
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { v7 } from 'uuid';
import { z } from 'zod';
import { notFound } from '../access/not-found.ts';
import { readers } from '../access/readers.ts';
import { violates } from '../access/violates.ts';
import { LearnerRegistry } from '../learners/learner-registry.ts';
import { type Learner, LearnerRepository } from '../learners/learner.repository.ts';

const account = printable(256).meta({
  description: 'The `sub` of the tokens by which the learner sees the own certificates',
});
const newLearner = z
  .strictObject({
    id: externalId.optional().meta({ description: 'Left out, a UUID is made' }),
    name: personName.optional(),
    email: emailAddress.optional(),
    account: account.optional(),
  })
  .meta({ id: 'NewLearner' });
const changedLearner = z
  .strictObject({
    name: personName.nullable().optional(),
    email: emailAddress.nullable().optional(),
    account: account.nullable().optional(),
  })
  .meta({ id: 'LearnerChange' });
const answer = z
  .object({
    id: externalId,
    name: personName.optional(),
    email: emailAddress.optional(),
    account: account.optional(),
    version: z.int(),
  })
  .meta({ id: 'Learner' });
const cursor = defineCursor('learners', z.object({ id: z.string() }));
const query = pageQuery(cursor);

/** Learners. Each has one id in its tenant, chosen by whoever made it. */
@Controller('v1/learners')
@Roles(...readers)
export class LearnersController {
  constructor(
    private readonly learners: LearnerRepository,
    private readonly registry: LearnerRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @Roles('creator', 'issuer', 'admin')
  @ApiOperation({
    summary: 'Make a learner, or fill what is empty of one that is known',
    description: 'What is filled stays as it is, and the answer shows it; PATCH changes it.',
  })
  @ApiCreatedResponse({ description: 'The learner as it is now', standardSchema: answer })
  async create(
    @CurrentTenant() tenant: string,
    @Idempotent() request: IdempotentRequest,
    @Body({ schema: newLearner }) { id: learnerId = v7(), ...facts }: z.output<typeof newLearner>,
  ): Promise<Learner> {
    const { id } = await telling(
      this.idempotency.once(request, async (transaction) => {
        await this.registry.fill(transaction, tenant, [{ learnerId, ...facts }]);
        return learnerId;
      }),
    );
    return this.read(tenant, id);
  }

  @Patch(':learnerId')
  @Roles('creator', 'issuer', 'admin')
  @ApiOperation({ summary: 'Change a learner; null takes a value away' })
  @ApiOkResponse({ description: 'The learner as it is now', standardSchema: answer })
  async change(
    @CurrentTenant() tenant: string,
    @Param('learnerId', { schema: externalId }) id: string,
    @Body({ schema: changedLearner }) { name, email, account: login }: z.output<typeof changedLearner>,
  ): Promise<Learner> {
    const change = { name, email, account: login };
    await telling(this.unitOfWork.run((transaction) => this.registry.change(transaction, tenant, id, change)));
    return this.read(tenant, id);
  }

  @Get(':learnerId')
  @ApiOperation({ summary: 'Read a learner' })
  @ApiOkResponse({ description: 'The learner', standardSchema: answer })
  async read(
    @CurrentTenant() tenant: string,
    @Param('learnerId', { schema: externalId }) id: string,
  ): Promise<Learner> {
    const found = await this.learners.find(tenant, id);
    if (!found) throw notFound('learner', '/v1/learners');
    return found;
  }

  @Get()
  @ApiOperation({ summary: 'List learners by id' })
  @ApiOkResponse({ description: 'A page', standardSchema: pageSchema(answer) })
  async list(
    @CurrentTenant() tenant: string,
    @Query({ schema: query }) { limit, cursor: after }: z.output<typeof query>,
  ): Promise<Page<Learner>> {
    const rows = await this.learners.list(tenant, after?.id, limit + 1);
    return page(rows, limit, cursor, ({ id }) => ({ id }));
  }
}

/** Says in words that an account is another learner's. */
async function telling<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!violates(error, 'learner_account')) throw error;
    throw new Problem(409, {
      code: 'account-taken',
      detail: 'account: another learner of this tenant has it; take it away there by PATCH, or leave it out here.',
    });
  }
}
