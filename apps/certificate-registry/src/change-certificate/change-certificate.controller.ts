import { instant, plainText } from '@laurel/contracts';
import { type Caller, CurrentCaller, CurrentTenant, Roles, SETTINGS } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { certificateView, type CertificateView } from '../certificates/certificate-view.ts';
import { ChangeCertificates } from '../certificates/change-certificates.ts';
import type { ChangeKind } from '../certificates/change-kind.ts';
import { showCertificate } from '../certificates/show-certificate.ts';
import type { RegistrySettings } from '../config.ts';

const certificateId = { schema: z.uuid() };
const because = (description: string) => plainText(500).meta({ description });
const publicReason = 'Told to whoever verifies: no personal data';
const revocation = z
  .object({ reason: because(publicReason) })
  .strict()
  .meta({ id: 'Revocation' });
const suspension = z
  .object({
    reason: because(publicReason),
    until: instant.optional().meta({
      description: 'When the certificate holds again by itself, in the future; left out, it takes a reinstatement',
    }),
  })
  .strict()
  .meta({ id: 'Suspension' });
const reinstatement = z
  .object({ reason: because('Told to subscribers: no personal data') })
  .strict()
  .meta({ id: 'Reinstatement' });
const withdrawal = z
  .object({ reason: because('Kept in its history: no personal data') })
  .strict()
  .meta({ id: 'Withdrawal' });

interface Asked {
  readonly tenantId: string;
  readonly caller: Caller;
  readonly certificateId: string;
  readonly body: { readonly reason: string; readonly until?: string | undefined };
}

/** Changes the state of one certificate. Repeating it changes nothing, so it needs no idempotency key. */
@ApiTags('certificates')
@Controller('v1/certificates')
@Roles('issuer', 'admin')
export class ChangeCertificateController {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly changeCertificates: ChangeCertificates,
  ) {}

  @Post(':certificateId/revoke')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Revoke a certificate; one that is still being made is withdrawn',
    description:
      'A certificate that is revoked already is answered as it is. 409 names what took its place, or its failure.',
  })
  @ApiResponse({ status: 200, description: 'The certificate, revoked or withdrawn', standardSchema: certificateView })
  revoke(
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', certificateId) id: string,
    @Body({ schema: revocation }) body: z.output<typeof revocation>,
  ): Promise<CertificateView> {
    return this.change('revoke', { tenantId, caller, certificateId: id, body });
  }

  @Post(':certificateId/suspend')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Suspend a certificate, until an instant or until it is reinstated',
    description:
      'A certificate that is suspended with the same reason and end is answered as it is; with others, they are changed and told ' +
      'again. 409 says why any other one cannot be suspended.',
  })
  @ApiResponse({ status: 200, description: 'The certificate, suspended', standardSchema: certificateView })
  suspend(
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', certificateId) id: string,
    @Body({ schema: suspension }) body: z.output<typeof suspension>,
  ): Promise<CertificateView> {
    return this.change('suspend', { tenantId, caller, certificateId: id, body });
  }

  @Post(':certificateId/reinstate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'End the suspension of a certificate',
    description:
      'A certificate that holds already is answered as it is. 409 says why any other one cannot be reinstated.',
  })
  @ApiResponse({ status: 200, description: 'The certificate, issued', standardSchema: certificateView })
  reinstate(
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', certificateId) id: string,
    @Body({ schema: reinstatement }) body: z.output<typeof reinstatement>,
  ): Promise<CertificateView> {
    return this.change('reinstate', { tenantId, caller, certificateId: id, body });
  }

  @Post(':certificateId/withdraw')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Withdraw a certificate that is still being made',
    description:
      'Unlike a revocation it never ends a certificate that was issued meanwhile: that is a 409. One that is withdrawn already is answered as it is.',
  })
  @ApiResponse({ status: 200, description: 'The certificate, withdrawn', standardSchema: certificateView })
  withdraw(
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('certificateId', certificateId) id: string,
    @Body({ schema: withdrawal }) body: z.output<typeof withdrawal>,
  ): Promise<CertificateView> {
    return this.change('withdraw', { tenantId, caller, certificateId: id, body });
  }

  private async change(kind: ChangeKind, { tenantId, caller, certificateId, body }: Asked): Promise<CertificateView> {
    const until = body.until === undefined ? undefined : new Date(body.until);
    const change = { tenantId, actor: caller.subject, certificateId, reason: body.reason, until };
    return showCertificate(await this.changeCertificates.one(kind, change), this.settings.PUBLIC_URL);
  }
}
