import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ImageHeader } from './image-header.ts';

/** A version of an image. */
export interface ImageVersion extends ImageHeader {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
  /** The length of the file. */
  readonly bytes: number;
}

const columns = 'image_id AS id, version, media_type AS "mediaType", sha256, bytes, width, height';

/** The rows of `image` and `image_version`. */
@Injectable()
export class ImageRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(tenantId: string, imageId: string, version: number): Promise<ImageVersion | undefined> {
    const [row] = await this.dataSource.query<ImageVersion[]>(
      `SELECT ${columns} FROM image_version WHERE tenant_id = $1 AND image_id = $2 AND version = $3`,
      [tenantId, imageId, version],
    );
    return row;
  }

  /**
   * Keeps content as the next version of an image; content that the image had already is that version.
   *
   * @returns the version, and whether it is new
   */
  async keep(
    transaction: Transaction,
    tenantId: string,
    image: Omit<ImageVersion, 'version'>,
  ): Promise<{ kept: ImageVersion; isNew: boolean }> {
    const { id, sha256, mediaType, bytes, width, height } = image;
    const key = [tenantId, id];
    await transaction.query('INSERT INTO image (tenant_id, image_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', key);
    // Versions of one image are numbered one after the other.
    await transaction.query('SELECT FROM image WHERE tenant_id = $1 AND image_id = $2 FOR UPDATE', key);
    const [known] = await transaction.query<ImageVersion>(
      `SELECT ${columns} FROM image_version WHERE tenant_id = $1 AND image_id = $2 AND sha256 = $3`,
      [...key, sha256],
    );
    if (known) return { kept: known, isNew: false };
    const [kept] = await transaction.query<ImageVersion>(
      `INSERT INTO image_version (tenant_id, image_id, version, media_type, sha256, bytes, width, height)
       SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7 FROM image_version
       WHERE tenant_id = $1 AND image_id = $2 RETURNING ${columns}`,
      [...key, mediaType, sha256, bytes, width, height],
    );
    return { kept: kept as ImageVersion, isNew: true };
  }
}
