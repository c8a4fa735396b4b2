import { Outbox } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { CredentialTypeRepository } from '../credential-types/credential-type.repository.ts';

/** Publishes a draft and says so, in one transaction. What is no draft is left as it is. */
@Injectable()
export class PublishCredentialType {
  constructor(
    private readonly types: CredentialTypeRepository,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async run(tenantId: string, typeId: string, version: number): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      const published = await this.types.publish(transaction, tenantId, typeId, version);
      if (!published) return;
      await this.outbox.add(transaction, 'credential-type.published', [
        { tenantId, data: { typeId, version, ...published } },
      ]);
    });
  }
}
