import type { TenantUpdated } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { PublishBuiltIns } from './publish-built-ins.ts';

/** Every tenant gets what is built in. Its objects are written before a transaction is opened, so it opens its own. */
@Consumer()
export class OnTenantUpdated {
  constructor(private readonly publishBuiltIns: PublishBuiltIns) {}

  @On('tenant.updated', { transaction: 'own', idempotency: 'own-key' })
  async publish(@Payload() events: TenantUpdated[], @Ctx() slice: Slice): Promise<void> {
    const tenantIds = events.map(({ tenantId }) => tenantId);
    await this.publishBuiltIns.run(tenantIds, () => slice.alive());
  }
}
