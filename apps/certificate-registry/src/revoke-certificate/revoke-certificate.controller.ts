import { revokeCertificate } from '@laurel/certificates';
import { plainText } from '@laurel/contracts';
import { Outbox } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { type Caller, CurrentCaller, CurrentTenant, Problem, Roles, SETTINGS } from '@laurel/service-kit';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { certificateView, type CertificateView } from '../certificates/certificate-view.ts';
import { CertificateRepository } from '../certificates/certificate.repository.ts';
import { showCertificate } from '../certificates/show-certificate.ts';
import { certificateConflict } from '../certificates/certificate-conflict.ts';
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
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly certificates: CertificateRepository,
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
    const outcome = await this.unitOfWork.run((transaction) =>
      revokeCertificate(transaction, this.outbox, { tenantId, certificateId, actor: caller.subject, reason }),
    );
    if (!outcome) throw new Problem(404, { code: 'not-found', detail: 'The tenant has no certificate with this id.' });
    const { kind, certificate } = outcome;
    if (kind === 'failed') throw certificateConflict(certificate);
    if (kind === 'superseded') throw await this.supersededBy(tenantId, certificate.superseded_by);
    return showCertificate(certificate, this.settings.PUBLIC_URL);
  }

  private async supersededBy(tenantId: string, id: string | null): Promise<Problem> {
    const successor = id === null ? undefined : await this.certificates.find(tenantId, id);
    const named = successor ? ` by certificate ${successor.number} (id ${successor.id}): revoke that one` : '';
    return new Problem(409, {
      code: 'certificate-superseded',
      detail: `This certificate holds no longer: it was replaced${named}.`,
    });
  }
}
