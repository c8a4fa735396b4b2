import type { IssuerUpdated } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { CatalogueRepository } from '../catalogue/catalogue.repository.ts';

/** Issuers that awards can name. */
@Consumer()
export class OnIssuerUpdated {
  constructor(private readonly catalogue: CatalogueRepository) {}

  @On('issuer.updated', { idempotency: 'own-key' })
  async keep(@Payload() events: IssuerUpdated[], @Ctx() slice: Slice): Promise<void> {
    await this.catalogue.putIssuers(slice.transaction, events);
  }
}
