import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Font, FontVersion, WholeFont } from './font-view.ts';

interface FontRow extends Omit<Font, 'createdAt'> {
  readonly createdAt: Date;
}

const columns = 'font_id AS id, version, family, weight, italic, licence, sha256, bytes, created_at AS "createdAt"';
const newest = `SELECT DISTINCT ON (font_id) ${columns} FROM font_version WHERE tenant_id = $1`;

/** The rows of `font` and `font_version`. */
@Injectable()
export class FontRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(tenantId: string, fontId: string, version: number): Promise<Font | undefined> {
    const [row] = await this.dataSource.query<FontRow[]>(
      `SELECT ${columns} FROM font_version WHERE tenant_id = $1 AND font_id = $2 AND version = $3`,
      [tenantId, fontId, version],
    );
    return row && fontOf(row);
  }

  async findWhole(tenantId: string, fontId: string): Promise<WholeFont | undefined> {
    const rows = await this.dataSource.query<FontRow[]>(
      `SELECT ${columns} FROM font_version WHERE tenant_id = $1 AND font_id = $2 ORDER BY version`,
      [tenantId, fontId],
    );
    if (rows.length === 0) return undefined;
    return { id: fontId, versions: rows.map(fontOf).map(({ id: _, ...version }): FontVersion => version) };
  }

  /** The newest version of each font in the order of their ids, from after `after`. */
  async list(tenantId: string, after: string | undefined, limit: number): Promise<Font[]> {
    const rows = await this.dataSource.query<FontRow[]>(
      `${newest} AND ($2::text IS NULL OR font_id > $2) ORDER BY font_id, version DESC LIMIT $3`,
      [tenantId, after ?? null, limit],
    );
    return rows.map(fontOf);
  }

  /** The newest version of every font, by weight and id. */
  async newest(tenantId: string): Promise<Font[]> {
    const rows = await this.dataSource.query<FontRow[]>(
      `SELECT * FROM (${newest} ORDER BY font_id, version DESC) AS font ORDER BY weight, italic, id`,
      [tenantId],
    );
    return rows.map(fontOf);
  }

  /**
   * Keeps a font as the next version; what the font was already, file, family and licence, is that version.
   *
   * @returns the version, and whether it is new
   */
  async keep(
    transaction: Transaction,
    tenantId: string,
    font: Omit<Font, 'version' | 'createdAt'>,
  ): Promise<{ kept: Font; isNew: boolean }> {
    const { id, family, weight, italic, licence, sha256, bytes } = font;
    const key = [tenantId, id];
    await transaction.query('INSERT INTO font (tenant_id, font_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', key);
    // Versions of one font are numbered one after the other.
    await transaction.query('SELECT FROM font WHERE tenant_id = $1 AND font_id = $2 FOR UPDATE', key);
    const [known] = await transaction.query<FontRow>(
      `SELECT ${columns} FROM font_version
       WHERE tenant_id = $1 AND font_id = $2 AND sha256 = $3 AND family = $4 AND licence = $5
       ORDER BY version DESC LIMIT 1`,
      [...key, sha256, family, licence],
    );
    if (known) return { kept: fontOf(known), isNew: false };
    const [kept] = await transaction.query<FontRow>(
      `INSERT INTO font_version (tenant_id, font_id, version, family, weight, italic, licence, sha256, bytes)
       SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7, $8 FROM font_version
       WHERE tenant_id = $1 AND font_id = $2 RETURNING ${columns}`,
      [...key, family, weight, italic, licence, sha256, bytes],
    );
    return { kept: fontOf(kept as FontRow), isNew: true };
  }
}

const fontOf = ({ createdAt, ...font }: FontRow): Font => ({ ...font, createdAt: createdAt.toISOString() });
