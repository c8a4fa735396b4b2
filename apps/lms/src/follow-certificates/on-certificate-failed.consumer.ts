import type { CertificateFailed } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { CertificateRepository } from '../certificates/certificate.repository.ts';
import { OutcomeRepository } from '../certificates/outcome.repository.ts';

/** A certificate that a learner is due could not be made. */
@Consumer()
export class OnCertificateFailed {
  constructor(
    private readonly certificates: CertificateRepository,
    private readonly outcomes: OutcomeRepository,
  ) {}

  @On('certificate.failed', { idempotency: 'own-key' })
  async apply(@Payload() events: CertificateFailed[], @Ctx() slice: Slice): Promise<void> {
    await this.certificates.applyFailed(slice.transaction, events);
    await this.outcomes.applyFailed(slice.transaction, events);
  }
}
