import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A row of `issuer`. */
export interface IssuerRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly url: string;
  readonly image: string | null;
  readonly did: string;
  readonly version: number;
  readonly created_at: Date;
}

/** What is left out stays; `null` takes the logo away. */
export interface IssuerChange {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly image?: string | null | undefined;
}

/** The rows of `issuer`. */
@Injectable()
export class IssuerRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns undefined when the id is taken, by whatever tenant: it stands in public addresses */
  async add(
    transaction: Transaction,
    issuer: Pick<IssuerRow, 'id' | 'tenant_id' | 'name' | 'url' | 'image' | 'did'>,
  ): Promise<IssuerRow | undefined> {
    const [row] = await transaction.query<IssuerRow>(
      `INSERT INTO issuer (id, tenant_id, name, url, image, did) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING RETURNING *`,
      [issuer.id, issuer.tenant_id, issuer.name, issuer.url, issuer.image, issuer.did],
    );
    return row;
  }

  /** Raises the version by one. @returns undefined when the tenant has no such issuer */
  async change(
    transaction: Transaction,
    tenantId: string,
    id: string,
    change: IssuerChange,
  ): Promise<IssuerRow | undefined> {
    const [row] = await transaction.query<IssuerRow>(
      `UPDATE issuer SET name = coalesce($3, name), url = coalesce($4, url),
         image = CASE WHEN $6 THEN $5 ELSE image END, version = version + 1
       WHERE tenant_id = $1 AND id = $2 RETURNING *`,
      [tenantId, id, change.name ?? null, change.url ?? null, change.image ?? null, change.image !== undefined],
    );
    return row;
  }

  async find(tenantId: string, id: string): Promise<IssuerRow | undefined> {
    const [row] = await this.dataSource.query<IssuerRow[]>('SELECT * FROM issuer WHERE tenant_id = $1 AND id = $2', [
      tenantId,
      id,
    ]);
    return row;
  }

  /** In the order of their ids, behind `after`. */
  async list(tenantId: string, after: string | undefined, limit: number): Promise<IssuerRow[]> {
    return this.dataSource.query<IssuerRow[]>(
      `SELECT * FROM issuer WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [tenantId, after ?? null, limit],
    );
  }

  /** Whoever's it is: for the documents that are public. */
  async didOf(id: string): Promise<string | undefined> {
    const [row] = await this.dataSource.query<{ did: string }[]>('SELECT did FROM issuer WHERE id = $1', [id]);
    return row?.did;
  }
}
