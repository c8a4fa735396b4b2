import { plainText } from '@laurel/contracts';
import { type Caller, CurrentCaller, CurrentTenant, Roles, SETTINGS } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { certificateView, type CertificateView } from '../certificates/certificate-view.ts';
import { ChangeCertificates } from '../certificates/change-certificates.ts';
import { showCertificate } from '../certificates/show-certificate.ts';
import type { RegistrySettings } from '../config.ts';

const revocation = z
  .object({ reason: plainText(500).meta({ description: 'Told to whoever verifies: no personal data' }) })
  .strict()
  .meta({ id: 'Revocation' });

/** Ends a certificate. Repeating it changes nothing, so it needs no idempotency key. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class RevokeCertificateController {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly changeCertificates: ChangeCertificates,
  ) {}

  @Post(':certificateId/revoke')
  @HttpCode(200)
  @Roles('issuer', 'admin')
  @ApiOperation({
    summary: 'Revoke a certificate; one that is still being made is withdrawn',
    description:
      'A certificate that is revoked already is answered as it is. 409 names what took its place, or its failure.',
  })
  @ApiResponse({ status: 200, description: 'The certificate, revoked or withdrawn', standardSchema: certificateView })
  async revoke(
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', { schema: z.uuid() }) certificateId: string,
    @Body({ schema: revocation }) { reason }: z.output<typeof revocation>,
  ): Promise<CertificateView> {
    const change = { tenantId, actor: caller.subject, certificateId, reason };
    return showCertificate(await this.changeCertificates.one('revoke', change), this.settings.PUBLIC_URL);
  }
}
