import type { CertificateIssued } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { CertificateRepository } from '../certificates/certificate.repository.ts';
import { OutcomeRepository } from '../certificates/outcome.repository.ts';

/** A learner has a certificate. */
@Consumer()
export class OnCertificateIssued {
  constructor(
    private readonly certificates: CertificateRepository,
    private readonly outcomes: OutcomeRepository,
  ) {}

  @On('certificate.issued', { idempotency: 'own-key' })
  async apply(@Payload() events: CertificateIssued[], @Ctx() slice: Slice): Promise<void> {
    await this.certificates.applyIssued(slice.transaction, events);
    await this.outcomes.applyIssued(slice.transaction, events);
  }
}
