import type { CredentialTypePublished } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { KnownAssetRepository } from './known-asset.repository.ts';

/** Every published credential type is known, so that it can be certified. */
@Consumer()
export class OnCredentialTypePublished {
  constructor(private readonly assets: KnownAssetRepository) {}

  @On('credential-type.published', { idempotency: 'own-key' })
  async know(@Payload() events: CredentialTypePublished[], @Ctx() slice: Slice): Promise<void> {
    await this.assets.addCredentialTypes(slice.transaction, events);
  }
}
