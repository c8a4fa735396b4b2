import { Outbox } from '@laurel/messaging';
import { UnitOfWork } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { AssetObjects } from '../asset-objects/asset-objects.ts';
import { TenantRepository } from '../tenants/tenant.repository.ts';
import { BuiltInAssets } from './built-in-assets.ts';
import { BuiltInRepository } from './built-in.repository.ts';

/**
 * Brings the built-in credential type and designs into tenants: first the objects, then rows and events in one transaction. A tenant
 * that has it all is passed over, so it may be run again at any time, and by several replicas at once.
 */
@Injectable()
export class PublishBuiltIns {
  constructor(
    private readonly builtIns: BuiltInAssets,
    private readonly rows: BuiltInRepository,
    private readonly tenants: TenantRepository,
    private readonly objects: AssetObjects,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @param alive called between the steps of a long run */
  async run(given: readonly string[], alive: () => Promise<void>): Promise<void> {
    const { credentialType, templates, digest } = this.builtIns;
    const tenantIds = await this.tenants.lacking(digest, given);
    if (tenantIds.length === 0) return;
    for (const tenantId of tenantIds) {
      await this.objects.keep(
        templates.map(({ sha256, mediaType, content }) => ({ tenantId, sha256, mediaType, bytes: content })),
      );
      await alive();
    }
    await this.unitOfWork.run(async (transaction) => {
      await this.tenants.lock(transaction, tenantIds);
      const types = await this.rows.addCredentialType(transaction, tenantIds, credentialType);
      await this.outbox.add(transaction, 'credential-type.published', types);
      const designs = await this.rows.addTemplates(transaction, tenantIds, templates);
      await this.outbox.add(transaction, 'template.published', designs);
      await this.tenants.haveAll(transaction, digest, tenantIds);
    });
  }
}
