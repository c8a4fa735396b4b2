import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A row of `trusted_issuer`. */
export interface TrustedIssuerRow {
  readonly issuer: string;
  readonly name: string;
  readonly note: string | null;
  readonly actor: string;
  readonly changed_at: Date;
}

const columns = 'issuer, name, note, actor, changed_at';

/** The issuers elsewhere whose certificates are accepted here. One list for the platform: whoever verifies has no tenant. */
@Injectable()
export class TrustedIssuerRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds it, or writes it anew. */
  async keep(row: Omit<TrustedIssuerRow, 'changed_at'>): Promise<TrustedIssuerRow> {
    const [kept] = await this.dataSource.query<[TrustedIssuerRow]>(
      `INSERT INTO trusted_issuer (issuer, name, note, actor) VALUES ($1, $2, $3, $4)
       ON CONFLICT (issuer) DO UPDATE
         SET name = excluded.name, note = excluded.note, actor = excluded.actor, changed_at = clock_timestamp()
       RETURNING ${columns}`,
      [row.issuer, row.name, row.note, row.actor],
    );
    return kept;
  }

  /** @returns false when it was not on the list */
  async remove(issuer: string): Promise<boolean> {
    const rows = await this.dataSource.query<object[]>(
      'WITH gone AS (DELETE FROM trusted_issuer WHERE issuer = $1 RETURNING issuer) SELECT issuer FROM gone',
      [issuer],
    );
    return rows.length > 0;
  }

  /** In the order of their names for programs, behind `after`. */
  async list(after: string | undefined, limit: number): Promise<TrustedIssuerRow[]> {
    return this.dataSource.query<TrustedIssuerRow[]>(
      `SELECT ${columns} FROM trusted_issuer WHERE $1::text IS NULL OR issuer > $1 ORDER BY issuer LIMIT $2`,
      [after ?? null, limit],
    );
  }

  /** The entry under the first of these names that there is one of: a DID goes before the origin where its keys are. */
  async find(names: readonly string[]): Promise<TrustedIssuerRow | undefined> {
    const rows = await this.dataSource.query<TrustedIssuerRow[]>(
      `SELECT ${columns} FROM trusted_issuer WHERE issuer = ANY($1::text[]) ORDER BY array_position($1::text[], issuer)`,
      [names],
    );
    return rows[0];
  }
}
