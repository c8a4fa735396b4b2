import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Template, TemplateVersion, WholeTemplate } from './template-view.ts';

interface TemplateRow extends Omit<Template, 'published'> {
  readonly published: number | null;
}

interface VersionRow extends Omit<TemplateVersion, 'createdAt' | 'publishedAt'> {
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
}

/** A version that is about to be kept. */
export type NewTemplateVersion = Pick<
  TemplateVersion,
  'mediaType' | 'sha256' | 'bytes' | 'slots' | 'advice' | 'longest' | 'fonts'
>;

const columns = `template_id AS id, title, built_in AS "builtIn", (
  SELECT max(version) FROM template_version AS newest
  WHERE newest.tenant_id = template.tenant_id AND newest.template_id = template.template_id AND state = 'published'
) AS published`;
const versionColumns =
  'version, state, media_type AS "mediaType", sha256, bytes, slots, advice, longest, fonts, created_at AS "createdAt", published_at AS "publishedAt"';

/** The rows of `template` and `template_version`. */
@Injectable()
export class TemplateRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns false when the tenant has a template of this id */
  async insert(
    transaction: Transaction,
    tenantId: string,
    { id, title }: { id: string; title: string },
  ): Promise<boolean> {
    const rows = await transaction.query(
      `INSERT INTO template (tenant_id, template_id, title, built_in) VALUES ($1, $2, $3, false)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [tenantId, id, title],
    );
    return rows.length > 0;
  }

  async find(tenantId: string, templateId: string): Promise<Template | undefined> {
    const [row] = await this.dataSource.query<TemplateRow[]>(
      `SELECT ${columns} FROM template WHERE tenant_id = $1 AND template_id = $2`,
      [tenantId, templateId],
    );
    return row && templateOf(row);
  }

  async findWhole(tenantId: string, templateId: string): Promise<WholeTemplate | undefined> {
    const found = await this.find(tenantId, templateId);
    if (!found) return undefined;
    const rows = await this.dataSource.query<VersionRow[]>(
      `SELECT ${versionColumns} FROM template_version WHERE tenant_id = $1 AND template_id = $2 ORDER BY version`,
      [tenantId, templateId],
    );
    return { ...found, versions: rows.map(versionOf) };
  }

  /** Templates in the order of their ids, from after `after`. */
  async list(tenantId: string, after: string | undefined, limit: number): Promise<Template[]> {
    const rows = await this.dataSource.query<TemplateRow[]>(
      `SELECT ${columns} FROM template WHERE tenant_id = $1 AND ($2::text IS NULL OR template_id > $2)
       ORDER BY template_id LIMIT $3`,
      [tenantId, after ?? null, limit],
    );
    return rows.map(templateOf);
  }

  async findVersion(tenantId: string, templateId: string, version: number): Promise<TemplateVersion | undefined> {
    const [row] = await this.dataSource.query<VersionRow[]>(
      `SELECT ${versionColumns} FROM template_version WHERE tenant_id = $1 AND template_id = $2 AND version = $3`,
      [tenantId, templateId, version],
    );
    return row && versionOf(row);
  }

  /** Keeps a draft as the next version of a template that is there. @returns its number */
  async addDraft(
    transaction: Transaction,
    tenantId: string,
    templateId: string,
    draft: NewTemplateVersion,
  ): Promise<number> {
    const key = [tenantId, templateId];
    // Versions of one template are numbered one after the other.
    await transaction.query('SELECT FROM template WHERE tenant_id = $1 AND template_id = $2 FOR UPDATE', key);
    const [row] = await transaction.query<{ version: number }>(
      `INSERT INTO template_version
         (tenant_id, template_id, version, state, media_type, sha256, bytes, slots, advice, longest, fonts)
       SELECT $1, $2, coalesce(max(version), 0) + 1, 'draft', $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9::jsonb
       FROM template_version WHERE tenant_id = $1 AND template_id = $2 RETURNING version`,
      [
        ...[...key, draft.mediaType, draft.sha256, draft.bytes],
        ...[draft.slots, draft.advice, draft.longest, draft.fonts].map((list) => JSON.stringify(list)),
      ],
    );
    return (row as { version: number }).version;
  }

  /** Publishes a draft. @returns it with its title, or undefined where there is no draft of that number */
  async publish(
    transaction: Transaction,
    tenantId: string,
    templateId: string,
    version: number,
  ): Promise<(TemplateVersion & { title: string }) | undefined> {
    const [row] = await transaction.query<VersionRow & { title: string }>(
      `UPDATE template_version SET state = 'published', published_at = now() FROM template
       WHERE template_version.tenant_id = $1 AND template_version.template_id = $2 AND version = $3 AND state = 'draft'
         AND template.tenant_id = $1 AND template.template_id = $2
       RETURNING title, ${versionColumns}`,
      [tenantId, templateId, version],
    );
    return row && { ...versionOf(row), title: row.title };
  }
}

function templateOf({ published, ...row }: TemplateRow): Template {
  return published === null ? row : { ...row, published };
}

function versionOf({ createdAt, publishedAt, ...version }: VersionRow): TemplateVersion {
  return {
    ...version,
    createdAt: createdAt.toISOString(),
    ...(publishedAt === null ? {} : { publishedAt: publishedAt.toISOString() }),
  };
}
