import type { CertificateIssued } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { DeliverEvents } from './deliver-events.ts';

/** Issued certificates go to the endpoints that want them. A delivery has a key of its own. */
@Consumer()
export class OnCertificateIssued {
  constructor(private readonly deliverEvents: DeliverEvents) {}

  @On('certificate.issued', { idempotency: 'own-key' })
  async deliver(@Payload() events: CertificateIssued[], @Ctx() slice: Slice): Promise<void> {
    await this.deliverEvents.run(events, slice);
  }
}
