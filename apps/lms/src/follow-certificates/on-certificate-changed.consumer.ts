import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { type CertificateChanged, CertificateRepository } from '../certificates/certificate.repository.ts';

/** A certificate was superseded, revoked, suspended or reinstated. */
@Consumer()
export class OnCertificateChanged {
  constructor(private readonly certificates: CertificateRepository) {}

  @On('certificate.changed', { idempotency: 'own-key' })
  async apply(@Payload() events: CertificateChanged[], @Ctx() slice: Slice): Promise<void> {
    await this.certificates.applyChanged(slice.transaction, events);
  }
}
