import type { CredentialTypePublished, IssuerUpdated, TemplatePublished } from '@laurel/contracts';
import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';

/** A version of a credential type, as it was published. */
export type CredentialType = CredentialTypePublished['data'];
/** A version of a template, as it was published. */
export type Template = TemplatePublished['data'];

/** Which version is meant: this one, or the newest that is published. */
export interface Named {
  readonly id: string;
  readonly version?: number | undefined;
}

/** Copies of what asset-store and certificate-registry publish. */
@Injectable()
export class CatalogueRepository {
  async findType(transaction: Transaction, tenantId: string, named: Named): Promise<CredentialType | undefined> {
    const [row] = await transaction.query<{ data: CredentialType }>(
      `SELECT data FROM credential_type WHERE tenant_id = $1 AND type_id = $2 AND ($3::int IS NULL OR version = $3)
       ORDER BY version DESC LIMIT 1`,
      [tenantId, named.id, named.version ?? null],
    );
    return row?.data;
  }

  async findTemplate(transaction: Transaction, tenantId: string, named: Named): Promise<Template | undefined> {
    const [row] = await transaction.query<{ data: Template }>(
      `SELECT data FROM template WHERE tenant_id = $1 AND template_id = $2 AND ($3::int IS NULL OR version = $3)
       ORDER BY version DESC LIMIT 1`,
      [tenantId, named.id, named.version ?? null],
    );
    return row?.data;
  }

  async hasIssuer(transaction: Transaction, tenantId: string, issuerId: string): Promise<boolean> {
    const rows = await transaction.query('SELECT 1 FROM issuer WHERE tenant_id = $1 AND issuer_id = $2', [
      tenantId,
      issuerId,
    ]);
    return rows.length > 0;
  }

  /** A published version never changes, so one that is here stays. */
  async addTypes(transaction: Transaction, events: readonly CredentialTypePublished[]): Promise<void> {
    await insertRows(
      transaction,
      'credential_type',
      { tenant_id: 'text', type_id: 'text', version: 'integer', data: 'jsonb' },
      inOrder(events, ({ typeId, version }) => `${typeId}\0${version}`).map(({ tenantId, data }) => ({
        tenant_id: tenantId,
        type_id: data.typeId,
        version: data.version,
        data,
      })),
      { onConflictDoNothing: 'any' },
    );
  }

  /** A published version never changes, so one that is here stays. */
  async addTemplates(transaction: Transaction, events: readonly TemplatePublished[]): Promise<void> {
    await insertRows(
      transaction,
      'template',
      { tenant_id: 'text', template_id: 'text', version: 'integer', data: 'jsonb' },
      inOrder(events, ({ templateId, version }) => `${templateId}\0${version}`).map(({ tenantId, data }) => ({
        tenant_id: tenantId,
        template_id: data.templateId,
        version: data.version,
        data,
      })),
      { onConflictDoNothing: 'any' },
    );
  }

  /** Applies each issuer's newest state; a lower sequence than the one that is here changes nothing. */
  async putIssuers(transaction: Transaction, events: readonly IssuerUpdated[]): Promise<void> {
    await transaction.query(
      `INSERT INTO issuer (tenant_id, issuer_id, sequence, data)
       SELECT DISTINCT ON (tenant_id, issuer_id) tenant_id, issuer_id, sequence, data
       FROM unnest($1::text[], $2::uuid[], $3::int[], $4::jsonb[]) AS told(tenant_id, issuer_id, sequence, data)
       ORDER BY tenant_id, issuer_id, sequence DESC
       ON CONFLICT (tenant_id, issuer_id) DO UPDATE SET sequence = excluded.sequence, data = excluded.data
       WHERE excluded.sequence > issuer.sequence`,
      [
        events.map(({ tenantId }) => tenantId),
        events.map(({ data }) => data.issuerId),
        events.map(({ sequence }) => sequence ?? 0),
        events.map(({ data }) => JSON.stringify(data)),
      ],
    );
  }
}

/** In key order, so that two processes never wait for each other. */
function inOrder<Told extends { readonly tenantId: string; readonly data: unknown }>(
  events: readonly Told[],
  keyOf: (data: Told['data']) => string,
): Told[] {
  const key = ({ tenantId, data }: Told) => `${tenantId}\0${keyOf(data)}`;
  return [...events].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
