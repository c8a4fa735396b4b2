import { insertRows, type Transaction, updateRows } from '@laurel/persistence';
import { v7 } from 'uuid';
import { type AllocatedCertificate, allocatedColumns } from './allocated-certificate.ts';
import { certificateNumber } from './certificate-number.ts';
import { lockCounters } from './lock-counters.ts';
import { newPublicId } from './new-public-id.ts';
import type { NumberedRequest } from './resolve-issue-numbers.ts';

const insertColumns = {
  id: 'uuid',
  tenant_id: 'text',
  public_id: 'text',
  number: 'text',
  credential_type_id: 'text',
  credential_type_version: 'integer',
  occasion: 'jsonb',
  occasion_key: 'uuid',
  issue_number: 'integer',
  state: 'text',
  version: 'integer',
  request_id: 'uuid',
  request: 'jsonb',
  recipient_learner_id: 'text',
  recipient_name: 'text',
  recipient_email: 'text',
  batch_id: 'text',
  award_id: 'text',
  award_version: 'integer',
  issuer_id: 'uuid',
  key_kid: 'text',
  allocated_at: 'timestamptz',
  expires_at: 'timestamptz',
  state_changed_at: 'timestamptz',
  correlation_id: 'text',
} as const satisfies Record<(typeof allocatedColumns)[number], string>;

/** What an allocation fixes beside the request. */
export interface AllocationFacts {
  /** The instant of the allocation; whole seconds of it stand in the credential and on the page. */
  readonly now: Date;
  /** The key that will sign, by issuer; none where the issuer is unknown: the certificate has a row all the same, and fails. */
  readonly kidOf: (tenantId: string, issuerId: string) => string | undefined;
}

/**
 * Allocates a certificate for every certificate key that has none: id, public id, number, key and instant are fixed from here on,
 * whoever makes it, and however often.
 *
 * @param requests in any order; of several with one certificate key the first one counts
 * @returns the certificates of these requests that are to be made, new or found `allocated`; those in a later state are done
 */
export async function allocateCertificates(
  transaction: Transaction,
  requests: readonly NumberedRequest[],
  facts: AllocationFacts,
): Promise<AllocatedCertificate[]> {
  const asked = new Map<string, NumberedRequest>();
  for (const request of requests) {
    const key = keyOf(request);
    if (!asked.has(key)) asked.set(key, request);
  }
  if (asked.size === 0) return [];
  const year = facts.now.getUTCFullYear();
  const counters = await lockCounters(
    transaction,
    [...asked.values()].map(({ event }) => event.tenantId),
    year,
  );
  const found = await findByKeys(transaction, [...asked.values()]);
  const known = new Set(found.map(rowKey));
  const fresh = [...asked]
    .filter(([key]) => !known.has(key))
    // Rows are inserted in the order of their keys in every process.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, request]) => newRow(request, facts, counters));
  const inserted = await insertRows<AllocatedCertificate, { id: string }>(
    transaction,
    'certificate',
    insertColumns,
    fresh,
    { onConflictDoNothing: 'any', returning: ['id'] },
  );
  await updateRows(transaction, 'number_counter', { tenant_id: 'text', year: 'integer' }, { last: 'bigint' }, [
    ...[...counters].map(([tenant_id, last]) => ({ tenant_id, year, last })),
  ]);
  const ids = new Set(inserted.map(({ id }) => id));
  const lost = fresh.filter(({ id }) => !ids.has(id));
  // Only around New Year, when two workers hold the counters of two years.
  const theirs = lost.length === 0 ? [] : await findByKeys(transaction, requestsOf(lost, asked));
  const rows = [...found, ...theirs, ...fresh.filter(({ id }) => ids.has(id))];
  return giveKeys(
    transaction,
    rows.filter(({ state }) => state === 'allocated'),
    facts,
  );
}

function newRow(
  request: NumberedRequest,
  { now, kidOf }: AllocationFacts,
  counters: Map<string, number>,
): AllocatedCertificate {
  const { event, occasionKey, issueNumber } = request;
  const { tenantId, data } = event;
  const count = (counters.get(tenantId) ?? 0) + 1;
  counters.set(tenantId, count);
  const allocatedAt = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
  return {
    id: v7(),
    tenant_id: tenantId,
    public_id: newPublicId(),
    number: certificateNumber(tenantId, now.getUTCFullYear(), count),
    credential_type_id: data.credentialType.id,
    credential_type_version: data.credentialType.version,
    occasion: data.occasion,
    occasion_key: occasionKey,
    issue_number: issueNumber,
    state: 'allocated',
    version: 1,
    request_id: data.requestId,
    request: data,
    recipient_learner_id: data.recipient.learnerId,
    recipient_name: data.recipient.name,
    recipient_email: data.recipient.email ?? null,
    batch_id: data.occasion['batchId'] ?? null,
    award_id: data.award?.id ?? null,
    award_version: data.award?.version ?? null,
    issuer_id: data.issuerId,
    key_kid: kidOf(tenantId, data.issuerId) ?? null,
    allocated_at: allocatedAt,
    expires_at: data.expiresAt === undefined ? null : new Date(data.expiresAt),
    state_changed_at: now,
    correlation_id: event.correlationId,
  };
}

/** An issuer that was unknown when a certificate was allocated may be known when it is asked for again. */
async function giveKeys(
  transaction: Transaction,
  rows: readonly AllocatedCertificate[],
  { kidOf }: AllocationFacts,
): Promise<AllocatedCertificate[]> {
  const given = rows.map((row) => ({ ...row, key_kid: row.key_kid ?? kidOf(row.tenant_id, row.issuer_id) ?? null }));
  const changed = given.filter(({ key_kid }, index) => key_kid !== rows[index]?.key_kid);
  await updateRows(transaction, 'certificate', { id: 'uuid' }, { key_kid: 'text' }, changed);
  return given;
}

async function findByKeys(
  transaction: Transaction,
  requests: readonly NumberedRequest[],
): Promise<AllocatedCertificate[]> {
  return transaction.query<AllocatedCertificate>(
    `SELECT ${allocatedColumns.map((name) => `c.${name}`).join(', ')}
     FROM unnest($1::text[], $2::text[], $3::uuid[], $4::int[]) AS asked(tenant_id, type_id, occasion_key, issue_number)
     JOIN certificate c ON c.tenant_id = asked.tenant_id AND c.credential_type_id = asked.type_id
       AND c.occasion_key = asked.occasion_key AND c.issue_number = asked.issue_number`,
    [
      requests.map(({ event }) => event.tenantId),
      requests.map(({ event }) => event.data.credentialType.id),
      requests.map(({ occasionKey }) => occasionKey),
      requests.map(({ issueNumber }) => issueNumber),
    ],
  );
}

function requestsOf(rows: readonly AllocatedCertificate[], asked: Map<string, NumberedRequest>): NumberedRequest[] {
  return rows.flatMap((row) => asked.get(rowKey(row)) ?? []);
}

/** The occasion key is made of tenant, type and occasion already. */
const keyOf = ({ occasionKey, issueNumber }: NumberedRequest) => `${occasionKey}/${issueNumber}`;
const rowKey = (row: AllocatedCertificate) => `${row.occasion_key}/${row.issue_number}`;
