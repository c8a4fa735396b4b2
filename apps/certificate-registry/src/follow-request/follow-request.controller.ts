import { CurrentTenant, Problem, Roles, SETTINGS } from '@laurel/service-kit';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CertificateRepository } from '../certificates/certificate.repository.ts';
import { showCertificate, type ShownRow } from '../certificates/show-certificate.ts';
import type { RegistrySettings } from '../config.ts';
import { type FollowedRequest, followedRequest } from './followed-request.ts';

/** Tells what became of what certify and reissue accepted, and of what the evaluator requested. */
@ApiTags('certificates')
@Controller('v1/requests')
@Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
export class FollowRequestController {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly certificates: CertificateRepository,
  ) {}

  @Get(':requestId')
  @ApiOperation({
    summary: 'Read what became of a request: pending, issued with its certificate, or failed with the reason',
  })
  @ApiResponse({ status: 200, description: 'The request', standardSchema: followedRequest })
  async read(
    @CurrentTenant() tenantId: string,
    @Param('requestId', { schema: z.uuid() }) requestId: string,
  ): Promise<FollowedRequest> {
    const found = await this.certificates.ofRequest(tenantId, requestId);
    if (!found) {
      throw new Problem(404, {
        code: 'not-found',
        detail:
          'The tenant has no request with this id. One of the evaluator is found once its certificate has a number, which takes seconds: ask again.',
      });
    }
    const { certificate } = found;
    if (!certificate) return { requestId, state: 'pending' };
    const view = showCertificate(certificate, this.settings.PUBLIC_URL);
    return {
      requestId,
      state: stateOf(certificate),
      certificate: view,
      ...(view.failure ? { failure: view.failure } : {}),
    };
  }
}

function stateOf({ state }: ShownRow): FollowedRequest['state'] {
  if (state === 'allocated') return 'pending';
  return state === 'failed' || state === 'withdrawn' ? 'failed' : 'issued';
}
