import { retryCertificate, type RetryCorrections } from '@laurel/certificates';
import { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { Problem, validationProblem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { certificateConflict } from '../certificates/certificate-conflict.ts';
import { CertificateRepository } from '../certificates/certificate.repository.ts';
import { IssuerRepository } from '../issuers/issuer.repository.ts';
import { unknownIssuer } from '../issuers/unknown-issuer.ts';
import { KnownAssetRepository } from '../known-assets/known-asset.repository.ts';
import { notHeardOf } from '../known-assets/not-heard-of.ts';
import type { RetryBody } from './retry-body.ts';

/** Tries a failed certificate again, with an operator's corrections. */
@Injectable()
export class RetryFailed {
  constructor(
    private readonly assets: KnownAssetRepository,
    private readonly issuers: IssuerRepository,
    private readonly certificates: CertificateRepository,
    private readonly outbox: Outbox,
  ) {}

  /** @returns the id under which the certificate or its failure is read */
  async run(
    transaction: Transaction,
    tenantId: string,
    actor: string,
    certificateId: string,
    body: RetryBody,
  ): Promise<string> {
    const corrections = await this.corrections(transaction, tenantId, certificateId, body);
    const { reason } = body;
    const outcome = await retryCertificate(transaction, this.outbox, {
      ...{ tenantId, certificateId, actor, reason, corrections },
    });
    if (!outcome) throw new Problem(404, { code: 'not-found', detail: 'The tenant has no certificate with this id.' });
    if (outcome.kind === 'blocked') throw certificateConflict(outcome.certificate);
    return outcome.requestId;
  }

  private async corrections(
    transaction: Transaction,
    tenantId: string,
    certificateId: string,
    { recipient, template, issuerId }: RetryBody,
  ): Promise<RetryCorrections> {
    const known = template && (await this.assets.findTemplate(transaction, tenantId, template.id, template.version));
    if (template && !known) throw notHeardOf('template', 'template');
    if (issuerId !== undefined) await this.checkIssuer(tenantId, certificateId, issuerId);
    return {
      ...{ recipientName: recipient?.name, issuerId },
      ...(known
        ? {
            template: {
              id: known.templateId,
              version: known.version,
              sha256: known.sha256,
              mediaType: known.mediaType,
            },
          }
        : {}),
    };
  }

  private async checkIssuer(tenantId: string, certificateId: string, issuerId: string): Promise<void> {
    if (!(await this.issuers.find(tenantId, issuerId))) throw validationProblem([unknownIssuer]);
    const certificate = await this.certificates.find(tenantId, certificateId);
    if (!certificate || certificate.key_kid === null || certificate.issuer_id === issuerId) return;
    throw new Problem(409, {
      code: 'issuer-is-fixed',
      detail: `issuerId: certificate ${certificate.number} has a key of issuer ${certificate.issuer_id} already; leave it out.`,
    });
  }
}
