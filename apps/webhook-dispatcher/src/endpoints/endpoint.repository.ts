import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export type EndpointState = 'active' | 'paused' | 'disabled' | 'deleted';

/** One subscriber. */
export interface EndpointRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly external_id: string;
  readonly url: string;
  readonly types: string[];
  readonly description: string | null;
  readonly state: EndpointState;
  readonly disabled_reason: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** What the consumers need to know of an endpoint. */
export type Subscriber = Pick<EndpointRow, 'id' | 'tenant_id' | 'types'>;

const columns = `id, tenant_id, external_id, url, types, description, state, disabled_reason, version, created_at, updated_at`;

/** The rows of `endpoint`. A deleted one stays, for the log of its deliveries, and is found by no route. */
@Injectable()
export class EndpointRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The endpoints of these tenants that want one of these types, or all. A paused one goes on collecting. */
  async subscribers(
    transaction: Transaction,
    tenants: readonly string[],
    types: readonly string[],
  ): Promise<Subscriber[]> {
    return transaction.query(
      `SELECT id, tenant_id, types FROM endpoint
       WHERE tenant_id = ANY($1::text[]) AND state <> 'deleted' AND state IN ('active', 'paused') AND types && $2::text[]`,
      [tenants, [...types, '*']],
    );
  }

  async find(tenantId: string, externalId: string): Promise<EndpointRow | undefined> {
    const [row] = await this.dataSource.query<EndpointRow[]>(
      `SELECT ${columns} FROM endpoint WHERE tenant_id = $1 AND external_id = $2 AND state <> 'deleted'`,
      [tenantId, externalId],
    );
    return row;
  }

  /** In the order in which they were made, beginning after one. */
  async list(tenantId: string, after: string | undefined, most: number): Promise<EndpointRow[]> {
    return this.dataSource.query(
      `SELECT ${columns} FROM endpoint WHERE tenant_id = $1 AND state <> 'deleted' AND ($2::uuid IS NULL OR id > $2)
       ORDER BY id LIMIT $3`,
      [tenantId, after ?? null, most],
    );
  }

  /**
   * Takes the lock under which one tenant's endpoints are made, and counts them. Two at once could both be the fiftieth.
   */
  async countForMaking(transaction: Transaction, tenantId: string): Promise<number> {
    await transaction.query(`SELECT pg_advisory_xact_lock(hashtextextended('webhook-endpoints ' || $1, 0))`, [
      tenantId,
    ]);
    const [row] = await transaction.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM endpoint WHERE tenant_id = $1 AND state <> 'deleted'`,
      [tenantId],
    );
    return row?.count ?? 0;
  }

  /** Adds an endpoint with its lane. Answers false when the tenant has one of this id. */
  async add(
    transaction: Transaction,
    row: Pick<EndpointRow, 'id' | 'tenant_id' | 'external_id' | 'url' | 'types' | 'description'>,
  ): Promise<boolean> {
    const made = await transaction.query(
      `INSERT INTO endpoint (id, tenant_id, external_id, url, types, description) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, external_id) WHERE state <> 'deleted' DO NOTHING RETURNING id`,
      [row.id, row.tenant_id, row.external_id, row.url, row.types, row.description],
    );
    if (made.length === 0) return false;
    await transaction.query('INSERT INTO lane (endpoint_id) VALUES ($1)', [row.id]);
    return true;
  }

  /** Locks lane and endpoint, in this order, as everybody does who changes what a sender relies on. */
  async lock(transaction: Transaction, tenantId: string, externalId: string): Promise<EndpointRow | undefined> {
    const found = await this.find(tenantId, externalId);
    if (!found) return undefined;
    await transaction.query('SELECT 1 FROM lane WHERE endpoint_id = $1 FOR UPDATE', [found.id]);
    const [row] = await transaction.query<EndpointRow>(
      `SELECT ${columns} FROM endpoint WHERE id = $1 AND state <> 'deleted' FOR UPDATE`,
      [found.id],
    );
    return row;
  }

  async change(
    transaction: Transaction,
    id: string,
    change: Partial<Pick<EndpointRow, 'url' | 'types' | 'description' | 'state'>>,
  ): Promise<void> {
    await transaction.query(
      `UPDATE endpoint SET url = coalesce($2, url), types = coalesce($3, types), description = coalesce($4, description),
         state = coalesce($5, state), disabled_reason = CASE WHEN $5 IS NULL THEN disabled_reason END,
         version = version + 1, updated_at = now()
       WHERE id = $1`,
      [id, change.url ?? null, change.types ?? null, change.description ?? null, change.state ?? null],
    );
  }

  /** Stops endpoints for good reasons of their receivers. The lanes are locked by the caller. */
  async disable(transaction: Transaction, reasons: ReadonlyMap<string, string>): Promise<void> {
    await transaction.query(
      `UPDATE endpoint SET state = 'disabled', disabled_reason = given.reason, version = version + 1, updated_at = now()
       FROM unnest($1::uuid[], $2::text[]) AS given(id, reason)
       WHERE endpoint.id = given.id AND endpoint.state <> 'deleted'`,
      [[...reasons.keys()], [...reasons.values()]],
    );
  }
}
