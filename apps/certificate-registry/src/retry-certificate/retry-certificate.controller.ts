import {
  type Caller,
  CurrentCaller,
  CurrentTenant,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { acceptedRequest, type AcceptedRequest } from '../follow-request/accepted-request.ts';
import { type RetryBody, retryBody } from './retry-body.ts';
import { RetryFailed } from './retry-failed.ts';

/** The way back for a certificate that failed: with the same id and number. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class RetryCertificateController {
  constructor(
    private readonly retryFailed: RetryFailed,
    private readonly idempotency: Idempotency,
  ) {}

  @Post(':certificateId/retry')
  @HttpCode(202)
  @Roles('operator', 'admin', 'issuer')
  @ApiOperation({
    summary: 'Try a failed certificate again, with the same id and number',
    description:
      'For after a repair: its failure says what to mend. What can only be mended in the request itself is corrected here. 409 ' +
      'names any certificate that has not failed.',
  })
  @ApiResponse({ status: 202, description: 'Read the certificate under this request', standardSchema: acceptedRequest })
  async ask(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', { schema: z.uuid() }) certificateId: string,
    @Body({ schema: retryBody }) body: RetryBody,
  ): Promise<AcceptedRequest> {
    const { id } = await this.idempotency.once(request, (transaction) =>
      this.retryFailed.run(transaction, tenantId, caller.subject, certificateId, body),
    );
    return { requestId: id };
  }
}
