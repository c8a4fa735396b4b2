import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CredentialType, CredentialTypeVersion, WholeCredentialType } from './credential-type-view.ts';
import type { CredentialTypeDefinition } from './definition.ts';

interface TypeRow extends Omit<CredentialType, 'published'> {
  readonly published: number | null;
}

interface VersionRow extends Pick<CredentialTypeVersion, 'version' | 'state'> {
  readonly definition: CredentialTypeDefinition;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
}

const versions = `credential_type_version AS other
  WHERE other.tenant_id = credential_type.tenant_id AND other.type_id = credential_type.type_id`;
const columns = `type_id AS id, built_in AS "builtIn",
  (SELECT max(version) FROM ${versions} AND state = 'published') AS published,
  (SELECT definition ->> 'name' FROM ${versions} ORDER BY version DESC LIMIT 1) AS name`;
const versionColumns = 'version, state, definition, created_at AS "createdAt", published_at AS "publishedAt"';

/** The rows of `credential_type` and `credential_type_version`. */
@Injectable()
export class CredentialTypeRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns false when the tenant has a type of this id */
  async insert(transaction: Transaction, tenantId: string, typeId: string): Promise<boolean> {
    const rows = await transaction.query(
      `INSERT INTO credential_type (tenant_id, type_id, built_in) VALUES ($1, $2, false)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [tenantId, typeId],
    );
    return rows.length > 0;
  }

  async find(tenantId: string, typeId: string): Promise<CredentialType | undefined> {
    const [row] = await this.dataSource.query<TypeRow[]>(
      `SELECT ${columns} FROM credential_type WHERE tenant_id = $1 AND type_id = $2`,
      [tenantId, typeId],
    );
    return row && typeOf(row);
  }

  async findWhole(tenantId: string, typeId: string): Promise<WholeCredentialType | undefined> {
    const found = await this.find(tenantId, typeId);
    if (!found) return undefined;
    const rows = await this.dataSource.query<VersionRow[]>(
      `SELECT ${versionColumns} FROM credential_type_version WHERE tenant_id = $1 AND type_id = $2 ORDER BY version`,
      [tenantId, typeId],
    );
    return { ...found, versions: rows.map(versionOf) };
  }

  /** Types in the order of their ids, from after `after`. */
  async list(tenantId: string, after: string | undefined, limit: number): Promise<CredentialType[]> {
    const rows = await this.dataSource.query<TypeRow[]>(
      `SELECT ${columns} FROM credential_type WHERE tenant_id = $1 AND ($2::text IS NULL OR type_id > $2)
       ORDER BY type_id LIMIT $3`,
      [tenantId, after ?? null, limit],
    );
    return rows.map(typeOf);
  }

  async findVersion(tenantId: string, typeId: string, version: number): Promise<CredentialTypeVersion | undefined> {
    const [row] = await this.dataSource.query<VersionRow[]>(
      `SELECT ${versionColumns} FROM credential_type_version WHERE tenant_id = $1 AND type_id = $2 AND version = $3`,
      [tenantId, typeId, version],
    );
    return row && versionOf(row);
  }

  /** Keeps a draft as the next version of a type that is there. @returns its number */
  async addDraft(
    transaction: Transaction,
    tenantId: string,
    typeId: string,
    definition: CredentialTypeDefinition,
  ): Promise<number> {
    const key = [tenantId, typeId];
    // Versions of one type are numbered one after the other.
    await transaction.query('SELECT FROM credential_type WHERE tenant_id = $1 AND type_id = $2 FOR UPDATE', key);
    const [row] = await transaction.query<{ version: number }>(
      `INSERT INTO credential_type_version (tenant_id, type_id, version, state, definition)
       SELECT $1, $2, coalesce(max(version), 0) + 1, 'draft', $3::jsonb FROM credential_type_version
       WHERE tenant_id = $1 AND type_id = $2 RETURNING version`,
      [...key, JSON.stringify(definition)],
    );
    return (row as { version: number }).version;
  }

  /** Publishes a draft. @returns its definition, or undefined where there is no draft of that number */
  async publish(
    transaction: Transaction,
    tenantId: string,
    typeId: string,
    version: number,
  ): Promise<CredentialTypeDefinition | undefined> {
    const [row] = await transaction.query<VersionRow>(
      `UPDATE credential_type_version SET state = 'published', published_at = now()
       WHERE tenant_id = $1 AND type_id = $2 AND version = $3 AND state = 'draft' RETURNING ${versionColumns}`,
      [tenantId, typeId, version],
    );
    return row?.definition;
  }
}

function typeOf({ published, ...row }: TypeRow): CredentialType {
  return published === null ? row : { ...row, published };
}

function versionOf({ version, state, definition, createdAt, publishedAt }: VersionRow): CredentialTypeVersion {
  return {
    ...definition,
    version,
    state,
    createdAt: createdAt.toISOString(),
    ...(publishedAt === null ? {} : { publishedAt: publishedAt.toISOString() }),
  };
}
