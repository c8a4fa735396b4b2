import type { TemplatePublished } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { CatalogueRepository } from '../catalogue/catalogue.repository.ts';

/** Templates that awards can name. */
@Consumer()
export class OnTemplatePublished {
  constructor(private readonly catalogue: CatalogueRepository) {}

  @On('template.published', { idempotency: 'own-key' })
  async keep(@Payload() events: TemplatePublished[], @Ctx() slice: Slice): Promise<void> {
    await this.catalogue.addTemplates(slice.transaction, events);
  }
}
