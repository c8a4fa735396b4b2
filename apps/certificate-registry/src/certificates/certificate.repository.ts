import type { CertificateState } from '@laurel/certificates';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CertificateSearch, SearchPosition } from './certificate-search.ts';
import { countSql } from './count-sql.ts';
import { searchSql } from './search-sql.ts';
import type { ShownRow } from './show-certificate.ts';

const shownColumns = `
  id, public_id, number, credential_type_id, credential_type_version, occasion, issue_number, state, version, request_id,
  recipient_learner_id, recipient_name, batch_id, award_id, award_version, issuer_id, key_kid, allocated_at, issued_at,
  expires_at, credential_sha256, pdf_sha256, pdf_object, supersedes, superseded_by, failure_type, failure_reason,
  state_reason, state_actor, state_changed_at, suspended_until, status_list, status_index`;

/** A row that a search found. */
export interface FoundRow extends ShownRow {
  /** Its place in the order of the search. */
  readonly sort_at: string;
}

/** A row of `certificate_history`. */
export interface HistoryRow {
  readonly version: number;
  readonly state: CertificateState;
  readonly actor: string;
  readonly reason: string | null;
  readonly at: Date;
  readonly suspended_until: Date | null;
}

/** What a tenant reads of its certificates. Every question names the tenant. */
@Injectable()
export class CertificateRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(tenantId: string, id: string): Promise<ShownRow | undefined> {
    const [row] = await this.dataSource.query<ShownRow[]>(
      `SELECT ${shownColumns} FROM certificate WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id],
    );
    return row;
  }

  async historyOf(id: string): Promise<HistoryRow[]> {
    return this.dataSource.query<HistoryRow[]>(
      'SELECT version, state, actor, reason, at, suspended_until FROM certificate_history WHERE certificate_id = $1 ORDER BY version',
      [id],
    );
  }

  /** The newest first, by the order of the search. */
  async search(
    tenantId: string,
    search: CertificateSearch,
    after: SearchPosition | undefined,
    limit: number,
  ): Promise<FoundRow[]> {
    const part = { columns: shownColumns, direction: 'newest', after, limit } as const;
    const { sql, values } = searchSql(tenantId, search, part);
    return this.dataSource.query<FoundRow[]>(sql, [...values]);
  }

  /**
   * The certificate of a request: of certify and reissue from the moment it was accepted, of anybody else from the moment
   * it has a number. @returns undefined when the tenant has no such request
   */
  async ofRequest(tenantId: string, requestId: string): Promise<{ certificate: ShownRow | undefined } | undefined> {
    const [noted] = await this.dataSource.query<
      { credential_type_id: string; occasion_key: string; issue_number: number }[]
    >(
      `SELECT credential_type_id, occasion_key, issue_number FROM certificate_request
       WHERE tenant_id = $1 AND request_id = $2`,
      [tenantId, requestId],
    );
    if (!noted) {
      const [asked] = await this.dataSource.query<ShownRow[]>(
        `SELECT ${shownColumns} FROM certificate WHERE request_id = $2 AND tenant_id = $1 ORDER BY id DESC LIMIT 1`,
        [tenantId, requestId],
      );
      return asked && { certificate: asked };
    }
    const [certificate] = await this.dataSource.query<ShownRow[]>(
      `SELECT ${shownColumns} FROM certificate
       WHERE tenant_id = $1 AND credential_type_id = $2 AND occasion_key = $3 AND issue_number = $4`,
      [tenantId, noted.credential_type_id, noted.occasion_key, noted.issue_number],
    );
    return { certificate };
  }

  /** How many certificates of a tenant are in each state. */
  async countByState(tenantId: string): Promise<Partial<Record<CertificateState, number>>> {
    const rows = await this.dataSource.query<{ state: CertificateState; count: number }[]>(countSql, [tenantId]);
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }
}
