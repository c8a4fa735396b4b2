import type { TenantUpdated } from '@laurel/contracts';
import { Consumer, On, Slice } from '@laurel/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { KnownTenantRepository } from './known-tenant.repository.ts';

/** What a tenant shows of its learners is its own choice, and counts from the moment that it is heard of. */
@Consumer()
export class OnTenantUpdated {
  constructor(private readonly tenants: KnownTenantRepository) {}

  @On('tenant.updated', { idempotency: 'own-key' })
  async know(@Payload() events: TenantUpdated[], @Ctx() slice: Slice): Promise<void> {
    await this.tenants.put(slice.transaction, events);
  }
}
