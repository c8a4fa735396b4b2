import type { CertificateRequested } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { ProcessRequests } from './process-requests.ts';

/** Somebody waits for these: they go before the bulk ones. */
@Consumer()
export class OnCertificateRequested {
  constructor(private readonly processRequests: ProcessRequests) {}

  @On('certificate.requested', { idempotency: 'own-key', transaction: 'own' })
  async process(@Payload() events: CertificateRequested[], @Ctx() slice: Slice): Promise<void> {
    await this.processRequests.run(events, slice, 'interactive');
  }
}
