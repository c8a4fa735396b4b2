import type { CertificateWithheld } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { OutcomeRepository } from '../certificates/outcome.repository.ts';

/** A learner has completed and is not due an award, for reasons. */
@Consumer()
export class OnCertificateWithheld {
  constructor(private readonly outcomes: OutcomeRepository) {}

  @On('certificate.withheld', { idempotency: 'own-key' })
  async apply(@Payload() events: CertificateWithheld[], @Ctx() slice: Slice): Promise<void> {
    await this.outcomes.applyWithheld(slice.transaction, events);
  }
}
