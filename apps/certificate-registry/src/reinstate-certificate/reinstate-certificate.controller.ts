import { plainText } from '@laurel/contracts';
import { type Caller, CurrentCaller, CurrentTenant, Roles, SETTINGS } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { certificateView, type CertificateView } from '../certificates/certificate-view.ts';
import { ChangeCertificates } from '../certificates/change-certificates.ts';
import { showCertificate } from '../certificates/show-certificate.ts';
import type { RegistrySettings } from '../config.ts';

const reinstatement = z
  .object({ reason: plainText(500).meta({ description: 'Told to subscribers: no personal data' }) })
  .strict()
  .meta({ id: 'Reinstatement' });

/** Gives a suspended certificate its force again. Repeating it changes nothing, so it needs no idempotency key. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class ReinstateCertificateController {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly changeCertificates: ChangeCertificates,
  ) {}

  @Post(':certificateId/reinstate')
  @HttpCode(200)
  @Roles('issuer', 'admin')
  @ApiOperation({
    summary: 'End the suspension of a certificate',
    description:
      'A certificate that holds already is answered as it is. 409 says why any other one cannot be reinstated.',
  })
  @ApiResponse({ status: 200, description: 'The certificate, issued', standardSchema: certificateView })
  async reinstate(
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', { schema: z.uuid() }) certificateId: string,
    @Body({ schema: reinstatement }) { reason }: z.output<typeof reinstatement>,
  ): Promise<CertificateView> {
    const change = { tenantId, actor: caller.subject, certificateId, reason };
    return showCertificate(await this.changeCertificates.one('reinstate', change), this.settings.PUBLIC_URL);
  }
}
