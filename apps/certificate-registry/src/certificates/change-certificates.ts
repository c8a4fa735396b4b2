import {
  type CertificateChanges,
  type ChangeOutcome,
  reinstateCertificates,
  revokeCertificates,
  suspendCertificates,
  withdrawCertificates,
} from '@laurel/certificates';
import { Outbox } from '@laurel/messaging';
import { type Transaction, UnitOfWork } from '@laurel/persistence';
import { Problem, validationProblem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { certificateConflict } from './certificate-conflict.ts';
import { CertificateRepository } from './certificate.repository.ts';
import type { ChangeKind } from './change-kind.ts';
import type { ShownRow } from './show-certificate.ts';

const changes: Readonly<
  Record<
    ChangeKind,
    (transaction: Transaction, outbox: Outbox, changes: CertificateChanges) => Promise<ChangeOutcome[]>
  >
> = {
  revoke: revokeCertificates,
  suspend: suspendCertificates,
  reinstate: reinstateCertificates,
  withdraw: withdrawCertificates,
};

/** One change of one certificate that a caller asks for. */
export interface SingleChange {
  readonly tenantId: string;
  readonly actor: string;
  readonly certificateId: string;
  readonly reason: string;
  readonly until?: Date | undefined;
}

/** Changes the states of certificates. */
@Injectable()
export class ChangeCertificates {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly certificates: CertificateRepository,
  ) {}

  /** @returns an outcome for each, in the given order */
  async many(transaction: Transaction, change: ChangeKind, of: CertificateChanges): Promise<ChangeOutcome[]> {
    return changes[change](transaction, this.outbox, of);
  }

  /** @returns the certificate as it is then, whether it was changed now or before; 404 and 409 say what stood in the way */
  async one(change: ChangeKind, { tenantId, actor, certificateId, reason, until }: SingleChange): Promise<ShownRow> {
    if (until && until <= new Date()) throw validationProblem([untilPassed]);
    const [outcome] = await this.unitOfWork.run((transaction) =>
      this.many(transaction, change, { tenantId, actor, changes: [{ certificateId, reason, until }] }),
    );
    if (!outcome || outcome.kind === 'unknown')
      throw new Problem(404, { code: 'not-found', detail: 'The tenant has no certificate with this id.' });
    const { kind, certificate } = outcome;
    if (kind !== 'blocked') return certificate;
    if (certificate.state !== 'superseded') throw certificateConflict(certificate, change);
    throw await this.supersededBy(tenantId, certificate.superseded_by, change);
  }

  private async supersededBy(tenantId: string, id: string | null, change: ChangeKind): Promise<Problem> {
    const successor = id === null ? undefined : await this.certificates.find(tenantId, id);
    const named = successor ? ` by certificate ${successor.number} (id ${successor.id}): ${change} that one` : '';
    return new Problem(409, {
      code: 'certificate-superseded',
      detail: `This certificate holds no longer: it was replaced${named}.`,
    });
  }
}

const untilPassed = {
  ...{ in: 'body' as const, pointer: '/until', code: 'until-passed' },
  detail: 'is over already; give an instant in the future, or leave it out to suspend without an end',
};
