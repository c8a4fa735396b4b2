import { requestReplacement } from '@laurel/certificates';
import { personName, plainText } from '@laurel/contracts';
import { Outbox } from '@laurel/messaging';
import {
  type Caller,
  CurrentCaller,
  CurrentTenant,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  Problem,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { certificateConflict } from '../certificates/certificate-conflict.ts';
import { acceptedRequest, type AcceptedRequest } from '../follow-request/accepted-request.ts';

const reissue = z
  .object({
    recipient: z.object({ name: personName.optional() }).strict().optional(),
    reason: plainText(500),
  })
  .strict()
  .meta({ id: 'Reissue' });

/** Makes a certificate anew, with corrections; the old one is superseded when the new one is there. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class ReissueCertificateController {
  constructor(
    private readonly outbox: Outbox,
    private readonly idempotency: Idempotency,
  ) {}

  @Post(':certificateId/reissue')
  @HttpCode(202)
  @Roles('issuer', 'admin')
  @ApiOperation({
    summary: 'Ask for the replacement of the newest certificate of an occasion',
    description:
      'Any certificate of the occasion may be named. While a replacement is asked for and not yet there, every further call ' +
      'reads that same request: its corrections count. 409 when the newest one is being made or has failed.',
  })
  @ApiResponse({ status: 202, description: 'Read the certificate under this request', standardSchema: acceptedRequest })
  async ask(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', { schema: z.uuid() }) certificateId: string,
    @Body({ schema: reissue }) { recipient, reason }: z.output<typeof reissue>,
  ): Promise<AcceptedRequest> {
    const { id } = await this.idempotency.once(request, async (transaction) => {
      const outcome = await requestReplacement(transaction, this.outbox, {
        tenantId,
        certificateId,
        actor: caller.subject,
        reason,
        recipientName: recipient?.name,
      });
      if (!outcome)
        throw new Problem(404, { code: 'not-found', detail: 'The tenant has no certificate with this id.' });
      if (outcome.kind === 'blocked') throw certificateConflict(outcome.certificate);
      return outcome.requestId;
    });
    return { requestId: id };
  }
}
