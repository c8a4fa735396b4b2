import type { CertificateState } from '@laurel/certificates';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ShownRow } from './show-certificate.ts';

const shownColumns = `
  id, public_id, number, credential_type_id, credential_type_version, occasion, issue_number, state, version, request_id,
  recipient_learner_id, recipient_name, batch_id, award_id, award_version, issuer_id, key_kid, allocated_at, issued_at,
  expires_at, credential_sha256, pdf_sha256, pdf_object, supersedes, superseded_by, failure_type, failure_reason,
  state_reason, state_actor, state_changed_at, suspended_until, status_list, status_index`;

/** What a search asks for; what is left out is not asked. */
export interface CertificateSearch {
  readonly learnerId?: string | undefined;
  readonly batchId?: string | undefined;
  readonly number?: string | undefined;
  readonly state?: CertificateState | undefined;
}

/** A row of `certificate_history`. */
export interface HistoryRow {
  readonly version: number;
  readonly state: CertificateState;
  readonly actor: string;
  readonly reason: string | null;
  readonly at: Date;
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
      'SELECT version, state, actor, reason, at FROM certificate_history WHERE certificate_id = $1 ORDER BY version',
      [id],
    );
  }

  /** The newest first: ids are made of the time. */
  async search(
    tenantId: string,
    search: CertificateSearch,
    before: string | undefined,
    limit: number,
  ): Promise<ShownRow[]> {
    const values: unknown[] = [tenantId];
    const conditions = ['tenant_id = $1'];
    const add = (condition: string, value: unknown) => {
      if (value === undefined) return;
      values.push(value);
      conditions.push(`${condition} $${values.length}`);
    };
    // Only the conditions that are asked for: each has an index of its own, and a plan for "or NULL" would use none.
    add('recipient_learner_id =', search.learnerId);
    add('batch_id =', search.batchId);
    add('number =', search.number);
    add('state =', search.state);
    add('id <', before);
    values.push(limit);
    return this.dataSource.query<ShownRow[]>(
      `SELECT ${shownColumns} FROM certificate WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $${values.length}`,
      values,
    );
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
    const rows = await this.dataSource.query<{ state: CertificateState; count: number }[]>(
      'SELECT state, count(*)::int AS count FROM certificate WHERE tenant_id = $1 GROUP BY state',
      [tenantId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }
}
