import type { CertificateFailed } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { DeliverEvents } from './deliver-events.ts';

/** Failed certificates go to the endpoints that want them. A delivery has a key of its own. */
@Consumer()
export class OnCertificateFailed {
  constructor(private readonly deliverEvents: DeliverEvents) {}

  @On('certificate.failed', { idempotency: 'own-key' })
  async deliver(@Payload() events: CertificateFailed[], @Ctx() slice: Slice): Promise<void> {
    await this.deliverEvents.run(events, slice);
  }
}
