import type { CertificateFailed, CertificateIssued, Events } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';

/** Any change of an issued certificate. */
export type CertificateChanged = Events['certificate.changed'];

interface Row {
  readonly tenant_id: string;
  readonly certificate_id: string;
  readonly learner_id: string | undefined;
  readonly batch_id: string | undefined;
  readonly award_id: string | undefined;
  readonly award_version: number | undefined;
  readonly credential_type_id: string;
  readonly credential_type_version: number;
  readonly number: string;
  readonly issue_number: number;
  readonly state: string;
  readonly rank: number;
  readonly sequence: number;
  readonly changed_at: Date;
  readonly reason?: string | undefined;
  readonly failure_type?: string | undefined;
  readonly suspended_until?: Date | undefined;
  readonly superseded_by?: string | undefined;
  readonly supersedes?: string | undefined;
  readonly issued_at?: Date | undefined;
  readonly expires_at?: Date | undefined;
  readonly links?: CertificateIssued['data']['links'] | undefined;
}

const types: Record<keyof Row, string> = {
  tenant_id: 'text',
  certificate_id: 'uuid',
  learner_id: 'text',
  batch_id: 'text',
  award_id: 'text',
  award_version: 'int',
  credential_type_id: 'text',
  credential_type_version: 'int',
  number: 'text',
  issue_number: 'int',
  state: 'text',
  rank: 'smallint',
  sequence: 'int',
  changed_at: 'timestamptz',
  reason: 'text',
  failure_type: 'text',
  suspended_until: 'timestamptz',
  superseded_by: 'uuid',
  supersedes: 'uuid',
  issued_at: 'timestamptz',
  expires_at: 'timestamptz',
  links: 'jsonb',
};
const names = Object.keys(types) as (keyof Row)[];
// What the later fact says, against what only the issuing says and no later fact repeats.
const said = ['state', 'rank', 'sequence', 'changed_at', 'reason', 'failure_type', 'suspended_until', 'superseded_by'];
const issued = [
  'learner_id',
  'batch_id',
  'award_id',
  'award_version',
  'supersedes',
  'issued_at',
  'expires_at',
  'links',
];
const later =
  '(excluded.rank, excluded.sequence, excluded.changed_at) > (certificate.rank, certificate.sequence, certificate.changed_at)';
const upsert = `
  INSERT INTO certificate (${names.join(', ')})
  SELECT ${names.join(', ')} FROM unnest(${names.map((name, index) => `$${index + 1}::${types[name]}[]`).join(', ')})
    AS told(${names.join(', ')})
  ORDER BY tenant_id, certificate_id
  ON CONFLICT (tenant_id, certificate_id) DO UPDATE SET
    ${said.map((name) => `${name} = CASE WHEN ${later} THEN excluded.${name} ELSE certificate.${name} END`).join(', ')},
    ${issued.map((name) => `${name} = coalesce(certificate.${name}, excluded.${name})`).join(', ')}`;

/** The rows of `certificate`: what events say of each, whatever the order in which they come. */
@Injectable()
export class CertificateRepository {
  async applyIssued(transaction: Transaction, events: readonly CertificateIssued[]): Promise<void> {
    await this.apply(
      transaction,
      events.map((event) => ({
        ...base(event),
        learner_id: event.data.recipient.learnerId,
        rank: 1,
        // An issued one without it is at its beginning: any change is later.
        sequence: event.sequence ?? 0,
        changed_at: new Date(event.data.issuedAt),
        supersedes: event.data.supersedes,
        issued_at: new Date(event.data.issuedAt),
        expires_at: optionalDate(event.data.expiresAt),
        links: event.data.links,
      })),
    );
  }

  async applyChanged(transaction: Transaction, events: readonly CertificateChanged[]): Promise<void> {
    await this.apply(
      transaction,
      events.map((event) => ({
        ...base(event),
        learner_id: event.data.recipient.learnerId,
        rank: 1,
        sequence: event.sequence ?? 0,
        changed_at: new Date(event.data.changedAt),
        reason: 'reason' in event.data ? event.data.reason : undefined,
        suspended_until: 'until' in event.data ? optionalDate(event.data.until) : undefined,
        superseded_by: 'supersededBy' in event.data ? event.data.supersededBy : undefined,
      })),
    );
  }

  async applyFailed(transaction: Transaction, events: readonly CertificateFailed[]): Promise<void> {
    await this.apply(
      transaction,
      events.map((event) => ({
        ...base(event),
        rank: 0,
        sequence: event.sequence ?? 0,
        changed_at: new Date(event.data.failedAt),
        reason: event.data.failure.reason,
        failure_type: event.data.failure.type,
      })),
    );
  }

  private async apply(transaction: Transaction, rows: readonly Row[]): Promise<void> {
    // One statement writes a row once; what several events of a slice say of it is applied in their order.
    for (let rest = rows; rest.length > 0;) {
      const first = new Map<string, Row>();
      const others: Row[] = [];
      for (const row of rest) {
        const key = `${row.tenant_id}/${row.certificate_id}`;
        if (first.has(key)) others.push(row);
        else first.set(key, row);
      }
      const now = [...first.values()];
      await transaction.query(
        upsert,
        names.map((name) =>
          now.map((row) => (name === 'links' && row.links ? JSON.stringify(row.links) : (row[name] ?? null))),
        ),
      );
      rest = others;
    }
  }
}

function base({ tenantId, data }: CertificateIssued | CertificateChanged | CertificateFailed) {
  const { occasion } = data;
  return {
    tenant_id: tenantId,
    certificate_id: data.certificateId,
    learner_id: occasion['learnerId'],
    batch_id: occasion['batchId'],
    award_id: data.award?.id,
    award_version: data.award?.version,
    credential_type_id: data.credentialType.id,
    credential_type_version: data.credentialType.version,
    number: data.number,
    issue_number: data.issueNumber,
    state: data.state,
  };
}

function optionalDate(instant: string | undefined): Date | undefined {
  return instant === undefined ? undefined : new Date(instant);
}
