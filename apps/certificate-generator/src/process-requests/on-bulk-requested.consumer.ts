import type { CertificateRequested } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { ProcessRequests } from './process-requests.ts';

/** Many at once, for whom nobody waits: imports, and awards that came late. */
@Consumer()
export class OnBulkRequested {
  constructor(private readonly processRequests: ProcessRequests) {}

  @On('certificate.requested.bulk', { idempotency: 'own-key', transaction: 'own' })
  async process(@Payload() events: CertificateRequested[], @Ctx() slice: Slice): Promise<void> {
    await this.processRequests.run(events, slice, 'bulk');
  }
}
