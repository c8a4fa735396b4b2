import type { TemplatePublished } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { KnownAssetRepository } from './known-asset.repository.ts';

/** Every published template is known, so that a certificate can be asked for in it. */
@Consumer()
export class OnTemplatePublished {
  constructor(private readonly assets: KnownAssetRepository) {}

  @On('template.published', { idempotency: 'own-key' })
  async know(@Payload() events: TemplatePublished[], @Ctx() slice: Slice): Promise<void> {
    await this.assets.addTemplates(slice.transaction, events);
  }
}
