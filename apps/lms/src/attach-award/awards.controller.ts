import { externalId } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import { CurrentTenant, Idempotency, Idempotent, type IdempotentRequest, Roles } from '@laurel/service-kit';
import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import { z } from 'zod';
import { awardFields } from '../awards/award-fields.ts';
import { awardSchema } from '../awards/award-schema.ts';
import { AttachAward, type AttachedAward } from './attach-award.ts';

const changedAward = z.strictObject(awardFields).meta({ id: 'AwardChange' });
const newAward = z
  .strictObject({ id: externalId.optional().meta({ description: 'Left out, a UUID is made' }), ...awardFields })
  .meta({ id: 'NewAward' });
const reaches = z.int().meta({
  description: 'Learners who had completed before it was attached; issue-earlier lets it apply to them too',
});
const answer = z.object({ award: awardSchema, reaches }).meta({ id: 'AttachedAward' });

/** What learners of a batch are awarded. */
@Controller('v1/batches/:batchId/awards')
@Roles('creator', 'admin')
export class AwardsController {
  constructor(
    private readonly attachAward: AttachAward,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Attach an award',
    description:
      'It applies by itself to completions from now on. 409 with Retry-After: a type, template or issuer that it names was not heard of yet. 422: its credentials could not be signed, and why.',
  })
  @ApiCreatedResponse({ description: 'The award as it was resolved', standardSchema: answer })
  async attach(
    @CurrentTenant() tenant: string,
    @Idempotent() request: IdempotentRequest,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Body({ schema: newAward }) body: z.output<typeof newAward>,
  ): Promise<AttachedAward> {
    await this.attachAward.check(tenant, batchId, body);
    const { id } = await this.idempotency.once(request, (transaction) =>
      this.attachAward.attach(transaction, tenant, batchId, body),
    );
    return this.unitOfWork.run((transaction) => this.attachAward.read(transaction, tenant, batchId, id));
  }

  @Put(':awardId')
  @ApiOperation({ summary: 'Replace an attached award as a whole, which raises its version' })
  @ApiOkResponse({ description: 'The award as it was resolved', standardSchema: answer })
  async replace(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Param('awardId', { schema: externalId }) awardId: string,
    @Body({ schema: changedAward }) body: z.output<typeof changedAward>,
  ): Promise<AttachedAward> {
    await this.attachAward.check(tenant, batchId, body);
    return this.unitOfWork.run((transaction) => this.attachAward.replace(transaction, tenant, batchId, awardId, body));
  }

  @Delete(':awardId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Detach an award; its certificates stay' })
  @ApiNoContentResponse({ description: 'Detached' })
  async detach(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Param('awardId', { schema: externalId }) awardId: string,
  ): Promise<void> {
    await this.unitOfWork.run((transaction) => this.attachAward.detach(transaction, tenant, batchId, awardId));
  }

  @Post(':awardId/issue-earlier')
  @HttpCode(202)
  @ApiOperation({ summary: 'Let an award apply to those too who completed before it was attached' })
  @ApiAcceptedResponse({ description: 'How many it reaches', standardSchema: z.object({ reaches }) })
  async issueEarlier(
    @CurrentTenant() tenant: string,
    @Param('batchId', { schema: externalId }) batchId: string,
    @Param('awardId', { schema: externalId }) awardId: string,
  ): Promise<{ reaches: number }> {
    return this.unitOfWork.run(async (transaction) => ({
      reaches: await this.attachAward.applyToEarlier(transaction, tenant, batchId, awardId),
    }));
  }
}
