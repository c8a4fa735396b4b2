import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { TenantProfile } from './tenant-schema.ts';

/** A tenant as it is answered. */
export interface Tenant extends TenantProfile {
  readonly id: string;
  readonly version: number;
}

const columns = `tenant_id AS id, name, time_zone AS "timeZone", languages, public_data AS "publicData", version`;

/** The rows of `tenant`. */
@Injectable()
export class TenantRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(tenantId: string): Promise<Tenant | undefined> {
    const [row] = await this.dataSource.query<Tenant[]>(`SELECT ${columns} FROM tenant WHERE tenant_id = $1`, [
      tenantId,
    ]);
    return row;
  }

  /** Makes or changes the tenant. @returns it as it is now, or undefined when nothing changed */
  async put(transaction: Transaction, tenantId: string, profile: TenantProfile): Promise<Tenant | undefined> {
    const [row] = await transaction.query<Tenant>(
      `INSERT INTO tenant (tenant_id, name, time_zone, languages, public_data, version) VALUES ($1, $2, $3, $4, $5, 1)
       ON CONFLICT (tenant_id) DO UPDATE
       SET name = excluded.name, time_zone = excluded.time_zone, languages = excluded.languages,
         public_data = excluded.public_data, version = tenant.version + 1, updated_at = now()
       WHERE (tenant.name, tenant.time_zone, tenant.languages, tenant.public_data) IS DISTINCT FROM
         (excluded.name, excluded.time_zone, excluded.languages, excluded.public_data)
       RETURNING ${columns}`,
      [tenantId, profile.name, profile.timeZone, JSON.stringify(profile.languages), JSON.stringify(profile.publicData)],
    );
    return row;
  }
}
