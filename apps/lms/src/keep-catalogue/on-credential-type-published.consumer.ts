import type { CredentialTypePublished } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { CatalogueRepository } from '../catalogue/catalogue.repository.ts';

/** Credential types that awards can name. */
@Consumer()
export class OnCredentialTypePublished {
  constructor(private readonly catalogue: CatalogueRepository) {}

  @On('credential-type.published', { idempotency: 'own-key' })
  async keep(@Payload() events: CredentialTypePublished[], @Ctx() slice: Slice): Promise<void> {
    await this.catalogue.addTypes(slice.transaction, events);
  }
}
