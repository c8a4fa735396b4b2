import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The rows of `tenant`: which organisations there are, and which built-in assets each of them has. */
@Injectable()
export class TenantRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns those of the tenants that have not all the built-in assets of this digest, by id */
  async lacking(digest: string, tenantIds: readonly string[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ tenantId: string }[]>(
      `SELECT DISTINCT given.tenant_id AS "tenantId" FROM unnest($2::text[]) AS given(tenant_id)
       LEFT JOIN tenant USING (tenant_id) WHERE tenant.built_ins IS DISTINCT FROM $1 ORDER BY 1`,
      [digest, tenantIds],
    );
    return rows.map(({ tenantId }) => tenantId);
  }

  /** @returns up to `limit` of all tenants that have not all the built-in assets of this digest, by id after `after` */
  async nextLacking(digest: string, after: string, limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ tenantId: string }[]>(
      `SELECT tenant_id AS "tenantId" FROM tenant WHERE built_ins IS DISTINCT FROM $1 AND tenant_id > $2
       ORDER BY tenant_id LIMIT $3`,
      [digest, after, limit],
    );
    return rows.map(({ tenantId }) => tenantId);
  }

  /** Makes the rows that are missing and locks all of these, in the order of their ids. */
  async lock(transaction: Transaction, tenantIds: readonly string[]): Promise<void> {
    await transaction.query(
      `INSERT INTO tenant (tenant_id) SELECT tenant_id FROM unnest($1::text[]) AS given(tenant_id) ORDER BY tenant_id
       ON CONFLICT DO NOTHING`,
      [tenantIds],
    );
    await transaction.query('SELECT FROM tenant WHERE tenant_id = ANY($1::text[]) ORDER BY tenant_id FOR UPDATE', [
      tenantIds,
    ]);
  }

  async haveAll(transaction: Transaction, digest: string, tenantIds: readonly string[]): Promise<void> {
    await transaction.query('UPDATE tenant SET built_ins = $1 WHERE tenant_id = ANY($2::text[])', [digest, tenantIds]);
  }
}
