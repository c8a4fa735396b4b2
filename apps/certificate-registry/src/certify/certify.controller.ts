import {
  type Caller,
  CurrentCaller,
  CurrentTenant,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { acceptedRequest, type AcceptedRequest } from '../follow-request/accepted-request.ts';
import { Certify } from './certify.ts';
import { type NewCertificate, newCertificate } from './new-certificate.ts';

/** The road to a certificate for systems that decide for themselves. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class CertifyController {
  constructor(
    private readonly certify: Certify,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @HttpCode(202)
  @Roles('issuer', 'admin')
  @ApiOperation({
    summary: 'Ask for the first certificate of an occasion',
    description:
      'One occasion has one first certificate: a call for one that is already asked for answers with that request. When the ' +
      'certificate is there, 409 names it and says what can be done. A credential type or template that this service has not ' +
      'heard of yet is a 409 with Retry-After.',
  })
  @ApiResponse({ status: 202, description: 'Read the certificate under this request', standardSchema: acceptedRequest })
  async ask(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Body({ schema: newCertificate }) body: NewCertificate,
  ): Promise<AcceptedRequest> {
    const { id } = await this.idempotency.once(request, (transaction) =>
      this.certify.run(transaction, tenantId, caller.subject, body),
    );
    return { requestId: id };
  }
}
