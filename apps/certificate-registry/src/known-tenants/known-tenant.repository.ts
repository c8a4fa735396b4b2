import type { TenantUpdated } from '@laurel/contracts';
import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';

const columns = { tenant_id: 'text', version: 'integer', public_data: 'jsonb' } as const;

/** This service's own copies of what tenants decide. */
@Injectable()
export class KnownTenantRepository {
  /** Notes the newest of each tenant; what is older than what is known changes nothing. */
  async put(transaction: Transaction, events: readonly TenantUpdated[]): Promise<void> {
    const newest = new Map<string, TenantUpdated>();
    for (const event of events) {
      if ((newest.get(event.tenantId)?.sequence ?? -1) < (event.sequence ?? 0)) newest.set(event.tenantId, event);
    }
    const rows = [...newest.values()]
      .sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1))
      .map(({ tenantId, sequence = 0, data }) => ({
        tenant_id: tenantId,
        version: sequence,
        public_data: data.publicData ?? null,
      }));
    // Whoever comes second waits for the row of the first, and then compares.
    await insertRows(
      transaction,
      'known_tenant',
      columns,
      rows.map((row) => ({ ...row, version: -1, public_data: null })),
      {
        onConflictDoNothing: ['tenant_id'],
      },
    );
    await transaction.query(
      `UPDATE known_tenant known SET version = told.version, public_data = told.public_data
       FROM unnest($1::text[], $2::int[], $3::jsonb[]) AS told(tenant_id, version, public_data)
       WHERE known.tenant_id = told.tenant_id AND known.version < told.version`,
      [
        rows.map(({ tenant_id }) => tenant_id),
        rows.map(({ version }) => version),
        rows.map(({ public_data }) => (public_data === null ? null : JSON.stringify(public_data))),
      ],
    );
  }
}
