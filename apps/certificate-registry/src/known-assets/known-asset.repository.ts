import type { CredentialTypePublished, TemplatePublished } from '@laurel/contracts';
import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';

/** A published credential type, as its event told it. */
export type KnownCredentialType = CredentialTypePublished['data'];

/** A published template, as its event told it. */
export type KnownTemplate = TemplatePublished['data'];

/** This service's own copies of what asset-store publishes. A published version never changes, so a copy is written once. */
@Injectable()
export class KnownAssetRepository {
  async addCredentialTypes(transaction: Transaction, events: readonly CredentialTypePublished[]): Promise<void> {
    await insertRows(
      transaction,
      'known_credential_type',
      { tenant_id: 'text', type_id: 'text', version: 'integer', definition: 'jsonb' },
      inOrder(
        events.map(({ tenantId, data }) => ({
          tenant_id: tenantId,
          type_id: data.typeId,
          version: data.version,
          definition: data,
        })),
        ({ type_id }) => type_id,
      ),
      { onConflictDoNothing: 'any' },
    );
  }

  async addTemplates(transaction: Transaction, events: readonly TemplatePublished[]): Promise<void> {
    await insertRows(
      transaction,
      'known_template',
      { tenant_id: 'text', template_id: 'text', version: 'integer', definition: 'jsonb' },
      inOrder(
        events.map(({ tenantId, data }) => ({
          tenant_id: tenantId,
          template_id: data.templateId,
          version: data.version,
          definition: data,
        })),
        ({ template_id }) => template_id,
      ),
      { onConflictDoNothing: 'any' },
    );
  }

  /** @param version the newest that is known, if left out */
  async findCredentialType(
    transaction: Transaction,
    tenantId: string,
    id: string,
    version: number | undefined,
  ): Promise<KnownCredentialType | undefined> {
    const [row] = await transaction.query<{ definition: KnownCredentialType }>(
      `SELECT definition FROM known_credential_type
       WHERE tenant_id = $1 AND type_id = $2 AND ($3::integer IS NULL OR version = $3) ORDER BY version DESC LIMIT 1`,
      [tenantId, id, version ?? null],
    );
    return row?.definition;
  }

  /** @param version the newest that is known, if left out */
  async findTemplate(
    transaction: Transaction,
    tenantId: string,
    id: string,
    version: number | undefined,
  ): Promise<KnownTemplate | undefined> {
    const [row] = await transaction.query<{ definition: KnownTemplate }>(
      `SELECT definition FROM known_template
       WHERE tenant_id = $1 AND template_id = $2 AND ($3::integer IS NULL OR version = $3) ORDER BY version DESC LIMIT 1`,
      [tenantId, id, version ?? null],
    );
    return row?.definition;
  }
}

/** In the order of their keys: two slices that write the same rows would else wait for each other. */
function inOrder<Row extends { tenant_id: string; version: number }>(rows: Row[], idOf: (row: Row) => string): Row[] {
  const keyOf = (row: Row) => `${row.tenant_id}\u001f${idOf(row)}\u001f${row.version}`;
  return rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
