import type { Events } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { DeliverEvents } from './deliver-events.ts';

/** Changes of certificates go to the endpoints that want them. A delivery has a key of its own. */
@Consumer()
export class OnCertificateChanged {
  constructor(private readonly deliverEvents: DeliverEvents) {}

  @On('certificate.changed', { idempotency: 'own-key' })
  async deliver(@Payload() events: Events['certificate.changed'][], @Ctx() slice: Slice): Promise<void> {
    await this.deliverEvents.run(events, slice);
  }
}
