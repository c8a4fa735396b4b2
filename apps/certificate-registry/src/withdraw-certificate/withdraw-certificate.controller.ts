import { plainText } from '@laurel/contracts';
import { type Caller, CurrentCaller, CurrentTenant, Roles, SETTINGS } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { certificateView, type CertificateView } from '../certificates/certificate-view.ts';
import { ChangeCertificates } from '../certificates/change-certificates.ts';
import { showCertificate } from '../certificates/show-certificate.ts';
import type { RegistrySettings } from '../config.ts';

const withdrawal = z
  .object({ reason: plainText(500).meta({ description: 'Kept in its history: no personal data' }) })
  .strict()
  .meta({ id: 'Withdrawal' });

/** Stops a certificate before it is issued. Repeating it changes nothing, so it needs no idempotency key. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class WithdrawCertificateController {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly changeCertificates: ChangeCertificates,
  ) {}

  @Post(':certificateId/withdraw')
  @HttpCode(200)
  @Roles('issuer', 'admin')
  @ApiOperation({
    summary: 'Withdraw a certificate that is still being made',
    description:
      'Unlike a revocation it never ends a certificate that was issued meanwhile: that is a 409. One that is withdrawn already is answered as it is.',
  })
  @ApiResponse({ status: 200, description: 'The certificate, withdrawn', standardSchema: certificateView })
  async withdraw(
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', { schema: z.uuid() }) certificateId: string,
    @Body({ schema: withdrawal }) { reason }: z.output<typeof withdrawal>,
  ): Promise<CertificateView> {
    const change = { tenantId, actor: caller.subject, certificateId, reason };
    return showCertificate(await this.changeCertificates.one('withdraw', change), this.settings.PUBLIC_URL);
  }
}
