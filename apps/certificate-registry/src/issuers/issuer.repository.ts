import type { JsonWebKey } from 'node:crypto';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A row of `issuer`. */
export interface IssuerRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly url: string;
  readonly did: string;
  readonly version: number;
  readonly created_at: Date;
}

/** The public half of a key of an issuer. This service's role cannot read the other half. */
export interface PublicKeyRow {
  readonly kid: string;
  readonly publicJwk: JsonWebKey;
}

/** The rows of `issuer`, and what is public of `issuer_key`. */
@Injectable()
export class IssuerRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns undefined when the id is taken, by whatever tenant: it stands in public addresses */
  async add(
    transaction: Transaction,
    issuer: Pick<IssuerRow, 'id' | 'tenant_id' | 'name' | 'url' | 'did'>,
  ): Promise<IssuerRow | undefined> {
    const [row] = await transaction.query<IssuerRow>(
      `INSERT INTO issuer (id, tenant_id, name, url, did) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING *`,
      [issuer.id, issuer.tenant_id, issuer.name, issuer.url, issuer.did],
    );
    return row;
  }

  /** Raises the version by one. @returns undefined when the tenant has no such issuer */
  async change(
    transaction: Transaction,
    tenantId: string,
    id: string,
    change: { name?: string | undefined; url?: string | undefined },
  ): Promise<IssuerRow | undefined> {
    const [row] = await transaction.query<IssuerRow>(
      `UPDATE issuer SET name = coalesce($3, name), url = coalesce($4, url), version = version + 1
       WHERE tenant_id = $1 AND id = $2 RETURNING *`,
      [tenantId, id, change.name ?? null, change.url ?? null],
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

  /** All public keys that ever signed for an issuer, the oldest first: what a retired one signed still verifies. */
  async keysOf(id: string): Promise<PublicKeyRow[]> {
    return this.dataSource.query<PublicKeyRow[]>(
      `SELECT kid, public_jwk AS "publicJwk" FROM issuer_key WHERE issuer_id = $1 ORDER BY created_at, kid`,
      [id],
    );
  }

  /** The public key that an issuer, named by its DID, has under this key id. */
  async publicKey(kid: string, did: string): Promise<JsonWebKey | undefined> {
    const [row] = await this.dataSource.query<PublicKeyRow[]>(
      `SELECT issuer_key.kid, public_jwk AS "publicJwk" FROM issuer_key JOIN issuer ON issuer.id = issuer_id
       WHERE issuer_key.kid = $1 AND issuer.did = $2`,
      [kid, did],
    );
    return row?.publicJwk;
  }
}
