import { insertRows, type Transaction, updateRows } from '@laurel/persistence';
import { v7 } from 'uuid';
import { type AllocatedCertificate, allocatedColumns } from './allocated-certificate.ts';
import { certificateNumber } from './certificate-number.ts';
import { takeStatusIndexes, type WantedIndexes } from '../status-lists/take-status-indexes.ts';
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
  integrity_kid: 'text',
  allocated_at: 'timestamptz',
  expires_at: 'timestamptz',
  state_changed_at: 'timestamptz',
  correlation_id: 'text',
  status_list: 'uuid',
  status_index: 'integer',
} as const satisfies Record<(typeof allocatedColumns)[number], string>;

/** What an allocation fixes beside the request. */
export interface AllocationFacts {
  /** The instant of the allocation; whole seconds of it stand in the credential and on the page. */
  readonly now: Date;
  /** The keys that will sign, by issuer; none where the issuer is unknown: the certificate has a row all the same, and fails. */
  readonly keysOf: (tenantId: string, issuerId: string) => ChosenKeys | undefined;
}

/** Ids of keys. */
export interface ChosenKeys {
  /** For the token. */
  readonly kid: string;
  /** For the embedded proof. */
  readonly integrityKid: string;
}

/**
 * Allocates a certificate for every certificate key that has none: id, public id, number, keys, status index and instant are fixed
 * from here on, whoever makes it, and however often.
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
  const fresh = await complete(
    transaction,
    [...asked]
      .filter(([key]) => !known.has(key))
      // Rows are inserted in the order of their keys in every process.
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, request]) => newRow(request, facts, counters)),
    facts,
  );
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
  const before = [...found, ...theirs].filter(({ state }) => state === 'allocated');
  return [...(await mend(transaction, before, facts)), ...fresh.filter(({ id }) => ids.has(id))];
}

function newRow(
  request: NumberedRequest,
  { now }: AllocationFacts,
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
    key_kid: null,
    integrity_kid: null,
    status_list: null,
    status_index: null,
    allocated_at: allocatedAt,
    expires_at: data.expiresAt === undefined ? null : new Date(data.expiresAt),
    state_changed_at: now,
    correlation_id: event.correlationId,
  };
}

/** Gives rows what they lack of keys and status indexes, as far as their issuers are known. */
async function complete(
  transaction: Transaction,
  rows: readonly AllocatedCertificate[],
  { keysOf }: AllocationFacts,
): Promise<AllocatedCertificate[]> {
  const keyed = rows.map((row) => {
    const keys = keysOf(row.tenant_id, row.issuer_id);
    if (!keys) return row;
    return { ...row, key_kid: row.key_kid ?? keys.kid, integrity_kid: row.integrity_kid ?? keys.integrityKid };
  });
  const wanted = new Map<string, WantedIndexes>();
  for (const { tenant_id: tenantId, issuer_id } of keyed.filter(lacksIndex)) {
    wanted.set(issuer_id, { tenantId, count: (wanted.get(issuer_id)?.count ?? 0) + 1 });
  }
  const taken = await takeStatusIndexes(transaction, wanted);
  return keyed.map((row) => {
    const entry = lacksIndex(row) ? taken.get(row.issuer_id)?.pop() : undefined;
    return entry ? { ...row, status_list: entry.list, status_index: entry.index } : row;
  });
}

/**
 * An issuer that was unknown when a certificate was allocated may be known when it is asked for again, and a key that was chosen for
 * one may have been stolen since.
 */
async function mend(
  transaction: Transaction,
  rows: readonly AllocatedCertificate[],
  facts: AllocationFacts,
): Promise<AllocatedCertificate[]> {
  if (rows.length === 0) return [];
  const stolen = await compromised(transaction, rows);
  const usable = rows.map((row) => ({
    ...row,
    key_kid: stolen.has(row.key_kid) ? null : row.key_kid,
    integrity_kid: stolen.has(row.integrity_kid) ? null : row.integrity_kid,
  }));
  const mended = await complete(transaction, usable, facts);
  const changed = mended.filter((row, index) => mendable.some((name) => row[name] !== rows[index]?.[name]));
  await updateRows(transaction, 'certificate', { id: 'uuid' }, mendedColumns, changed);
  return mended;
}

async function compromised(transaction: Transaction, rows: readonly AllocatedCertificate[]): Promise<Set<unknown>> {
  const kids = new Set(rows.flatMap(({ key_kid, integrity_kid }) => [key_kid, integrity_kid]));
  const found = await transaction.query<{ kid: string }>(
    'SELECT kid FROM issuer_key WHERE kid = ANY($1) AND compromised_at IS NOT NULL',
    [[...kids].filter((kid) => kid !== null)],
  );
  return new Set(found.map(({ kid }) => kid));
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

const mendedColumns = { key_kid: 'text', integrity_kid: 'text', status_list: 'uuid', status_index: 'integer' } as const;
const mendable = [
  'key_kid',
  'integrity_kid',
  'status_list',
  'status_index',
] as const satisfies (keyof typeof mendedColumns)[];
/** Only of an issuer that is known: its list is signed by that issuer. */
const lacksIndex = (row: AllocatedCertificate) => row.status_list === null && row.key_kid !== null;
/** The occasion key is made of tenant, type and occasion already. */
const keyOf = ({ occasionKey, issueNumber }: NumberedRequest) => `${occasionKey}/${issueNumber}`;
const rowKey = (row: AllocatedCertificate) => `${row.occasion_key}/${row.issue_number}`;
