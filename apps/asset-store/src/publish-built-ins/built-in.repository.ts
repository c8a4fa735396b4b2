import type { TemplatePublished } from '@laurel/contracts';
import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import type { CredentialTypeDefinition } from '../credential-types/definition.ts';
import type { BuiltInAssets, BuiltInTemplate } from './built-in-assets.ts';

/** What a tenant has got: the data of its event. */
export interface Published<Data> {
  readonly tenantId: string;
  readonly data: Data;
}

type TypeVersion = CredentialTypeDefinition & { typeId: string; version: number };

/**
 * Writes what Laurel brings into the rows of tenants, published at once. What a tenant has stays as it is; a thing that a tenant made
 * under an id before it was built in stays the tenant's own.
 */
@Injectable()
export class BuiltInRepository {
  /** A content that a tenant never had is the next version. @returns the versions that are new */
  async addTemplates(
    transaction: Transaction,
    tenantIds: readonly string[],
    templates: readonly BuiltInTemplate[],
  ): Promise<Published<TemplatePublished['data']>[]> {
    const rows = tenantIds.flatMap((tenantId) =>
      templates.map(({ id, title }) => ({ tenant_id: tenantId, template_id: id, title, built_in: true })),
    );
    const columns = { tenant_id: 'text', template_id: 'text', title: 'text', built_in: 'boolean' };
    await insertRows(transaction, 'template', columns, rows, { onConflictDoNothing: ['tenant_id', 'template_id'] });
    const added = await transaction.query<{ tenantId: string; templateId: string; version: number }>(
      `INSERT INTO template_version
         (tenant_id, template_id, version, state, media_type, sha256, bytes, slots, published_at)
       SELECT template.tenant_id, template_id, 1 + (
           SELECT coalesce(max(version), 0) FROM template_version AS had
           WHERE had.tenant_id = template.tenant_id AND had.template_id = template.template_id
         ), 'published', brought.media_type, brought.sha256, brought.bytes, brought.slots, now()
       FROM unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::jsonb[])
         AS brought(template_id, media_type, sha256, bytes, slots)
       JOIN template USING (template_id)
       WHERE template.tenant_id = ANY($1::text[]) AND template.built_in AND NOT EXISTS (
         SELECT FROM template_version AS had WHERE had.tenant_id = template.tenant_id
           AND had.template_id = template.template_id AND had.sha256 = brought.sha256
       )
       ORDER BY template.tenant_id, template_id
       RETURNING tenant_id AS "tenantId", template_id AS "templateId", version`,
      [
        tenantIds,
        templates.map(({ id }) => id),
        templates.map(({ mediaType }) => mediaType),
        templates.map(({ sha256 }) => sha256),
        templates.map(({ bytes }) => bytes),
        templates.map(({ slots }) => JSON.stringify(slots)),
      ],
    );
    const byId = new Map(templates.map((template) => [template.id, template]));
    return added.flatMap(({ tenantId, templateId, version }) => {
      const { title, mediaType, sha256, slots } = byId.get(templateId) as BuiltInTemplate;
      return [{ tenantId, data: { templateId, version, title, mediaType, sha256, slots } }];
    });
  }

  /** @returns the versions that are new */
  async addCredentialType(
    transaction: Transaction,
    tenantIds: readonly string[],
    { id, versions }: BuiltInAssets['credentialType'],
  ): Promise<Published<TypeVersion>[]> {
    const rows = tenantIds.map((tenantId) => ({ tenant_id: tenantId, type_id: id, built_in: true }));
    const columns = { tenant_id: 'text', type_id: 'text', built_in: 'boolean' };
    await insertRows(transaction, 'credential_type', columns, rows, { onConflictDoNothing: ['tenant_id', 'type_id'] });
    const added = await transaction.query<{ tenantId: string; version: number }>(
      `INSERT INTO credential_type_version (tenant_id, type_id, version, state, definition, published_at)
       SELECT tenant_id, type_id, brought.version, 'published', brought.definition, now()
       FROM credential_type CROSS JOIN unnest($3::int[], $4::jsonb[]) AS brought(version, definition)
       WHERE tenant_id = ANY($1::text[]) AND type_id = $2 AND built_in
       ORDER BY tenant_id, brought.version
       ON CONFLICT DO NOTHING RETURNING tenant_id AS "tenantId", version`,
      [
        tenantIds,
        id,
        versions.map(({ version }) => version),
        versions.map(({ definition }) => JSON.stringify(definition)),
      ],
    );
    return added.flatMap(({ tenantId, version }) =>
      versions
        .filter((one) => one.version === version)
        .map(({ definition }) => ({ tenantId, data: { typeId: id, version, ...definition } })),
    );
  }
}
