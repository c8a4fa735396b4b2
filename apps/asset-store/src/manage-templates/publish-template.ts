import { Outbox } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { HaveSamples } from '../keep-samples/have-samples.ts';
import { TemplateRepository } from '../templates/template.repository.ts';

/** Has the samples of a draft, then publishes it and says so, in one transaction. What is no draft is left as it is. */
@Injectable()
export class PublishTemplate {
  constructor(
    private readonly templates: TemplateRepository,
    private readonly haveSamples: HaveSamples,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws {Problem} 422 when the design cannot print an ordinary sample, 503 while the generator is away or busy */
  async run(tenantId: string, templateId: string, version: number): Promise<void> {
    const draft = await this.templates.findVersion(tenantId, templateId, version);
    if (draft?.state !== 'draft') return;
    await this.haveSamples.run(tenantId, draft);
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
