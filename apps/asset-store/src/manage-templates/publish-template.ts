import { Outbox } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { TemplateRepository } from '../templates/template.repository.ts';

/** Publishes a draft and says so, in one transaction. What is no draft is left as it is. */
@Injectable()
export class PublishTemplate {
  constructor(
    private readonly templates: TemplateRepository,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async run(tenantId: string, templateId: string, version: number): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const published = await this.templates.publish(transaction, tenantId, templateId, version);
      if (!published) return;
      const { title, mediaType, sha256, slots } = published;
      await this.outbox.add(transaction, 'template.published', [
        { tenantId, data: { templateId, version, title, mediaType, sha256, slots } },
      ]);
    });
  }
}
