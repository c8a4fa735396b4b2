import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SampleRefusal } from './sample-view.ts';

/** A sample that is kept: the hashes of its two files, or why there are none. */
export interface Sample {
  readonly name: string;
  readonly language: string;
  readonly recipient: string;
  readonly files?: { readonly pdf: string; readonly png: string };
  readonly refusal?: SampleRefusal;
}

interface SampleRow extends Pick<Sample, 'name' | 'language' | 'recipient'> {
  readonly pdf: string | null;
  readonly png: string | null;
  readonly refusal: SampleRefusal | null;
}

/** The rows of `sampled_design` and `design_sample`: the samples of a content, which are made once. */
@Injectable()
export class SampleRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the samples of a design in their order; an empty list while there are none */
  async find(tenantId: string, designSha256: string): Promise<Sample[]> {
    const rows = await this.dataSource.query<SampleRow[]>(
      `SELECT name, language, recipient, pdf_sha256 AS pdf, png_sha256 AS png, refusal FROM design_sample
       WHERE tenant_id = $1 AND design_sha256 = $2 ORDER BY position`,
      [tenantId, designSha256],
    );
    return rows.map(sampleOf);
  }

  /** @returns a tenant that has the samples of a design; to be asked for what is built in, which is nobody's secret */
  async someoneWith(designSha256: string): Promise<string | undefined> {
    const [row] = await this.dataSource.query<{ tenantId: string }[]>(
      'SELECT tenant_id AS "tenantId" FROM sampled_design WHERE design_sha256 = $1 ORDER BY sampled_at LIMIT 1',
      [designSha256],
    );
    return row?.tenantId;
  }

  /** Keeps all samples of a design, unless another was first: then its stay, and these are nobody's. */
  async keep(
    transaction: Transaction,
    tenantId: string,
    designSha256: string,
    samples: readonly Sample[],
  ): Promise<void> {
    const first = await transaction.query(
      'INSERT INTO sampled_design (tenant_id, design_sha256) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
      [tenantId, designSha256],
    );
    if (first.length === 0) return;
    const columns = {
      ...{ tenant_id: 'text', design_sha256: 'text', name: 'text', position: 'int', language: 'text' },
      ...{ recipient: 'text', pdf_sha256: 'text', png_sha256: 'text', refusal: 'jsonb' },
    };
    const rows = samples.map(({ files, refusal, ...sample }, position) => ({
      ...{ tenant_id: tenantId, design_sha256: designSha256, ...sample, position },
      ...(files ? { pdf_sha256: files.pdf, png_sha256: files.png } : {}),
      ...(refusal ? { refusal } : {}),
    }));
    await insertRows(transaction, 'design_sample', columns, rows);
  }
}

function sampleOf({ pdf, png, refusal, ...sample }: SampleRow): Sample {
  return { ...sample, ...(pdf && png ? { files: { pdf, png } } : {}), ...(refusal ? { refusal } : {}) };
}
