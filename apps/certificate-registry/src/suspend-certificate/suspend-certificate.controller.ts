import { instant, plainText } from '@laurel/contracts';
import { type Caller, CurrentCaller, CurrentTenant, Roles, SETTINGS } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { certificateView, type CertificateView } from '../certificates/certificate-view.ts';
import { ChangeCertificates } from '../certificates/change-certificates.ts';
import { showCertificate } from '../certificates/show-certificate.ts';
import type { RegistrySettings } from '../config.ts';

const suspension = z
  .object({
    reason: plainText(500).meta({ description: 'Told to whoever verifies: no personal data' }),
    until: instant.optional().meta({
      description: 'When the certificate holds again by itself, in the future; left out, it takes a reinstatement',
    }),
  })
  .strict()
  .meta({ id: 'Suspension' });

/** Takes the force from a certificate for a while. Repeating it changes nothing, so it needs no idempotency key. */
@ApiTags('certificates')
@Controller('v1/certificates')
export class SuspendCertificateController {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly changeCertificates: ChangeCertificates,
  ) {}

  @Post(':certificateId/suspend')
  @HttpCode(200)
  @Roles('issuer', 'admin')
  @ApiOperation({
    summary: 'Suspend a certificate, until an instant or until it is reinstated',
    description:
      'A certificate that is suspended with the same reason and end is answered as it is; with others, they are changed and told ' +
      'again. 409 says why any other one cannot be suspended.',
  })
  @ApiResponse({ status: 200, description: 'The certificate, suspended', standardSchema: certificateView })
  async suspend(
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', { schema: z.uuid() }) certificateId: string,
    @Body({ schema: suspension }) { reason, until: end }: z.output<typeof suspension>,
  ): Promise<CertificateView> {
    const until = end === undefined ? undefined : new Date(end);
    const change = { tenantId, actor: caller.subject, certificateId, reason, until };
    return showCertificate(await this.changeCertificates.one('suspend', change), this.settings.PUBLIC_URL);
  }
}
