import type { CertificateWithheld } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { DeliverEvents } from './deliver-events.ts';

/** Withheld certificates go to the endpoints that want them. A delivery has a key of its own. */
@Consumer()
export class OnCertificateWithheld {
  constructor(private readonly deliverEvents: DeliverEvents) {}

  @On('certificate.withheld', { idempotency: 'own-key' })
  async deliver(@Payload() events: CertificateWithheld[], @Ctx() slice: Slice): Promise<void> {
    await this.deliverEvents.run(events, slice);
  }
}
