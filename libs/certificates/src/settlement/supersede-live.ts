import { type Transaction, updateRows } from '@laurel/persistence';
import { type AllocatedCertificate, allocatedColumns } from '../allocation/allocated-certificate.ts';
import { addHistory } from '../certificates/history-entry.ts';
import { markStatusChanged } from '../status-lists/mark-status-changed.ts';

/** A certificate whose place a newer one has taken. */
export type SupersededCertificate = AllocatedCertificate & { readonly superseded_by: string };

const sets = {
  state: 'text',
  version: 'integer',
  superseded_by: 'uuid',
  state_actor: 'text',
  state_changed_at: 'timestamptz',
} as const;

/** Supersedes whatever else is live of the occasions of certificates that are about to be issued. */
export async function supersedeLive(
  transaction: Transaction,
  successors: readonly AllocatedCertificate[],
  { actor, now }: { actor: string; now: Date },
): Promise<SupersededCertificate[]> {
  // The first certificate of its occasion has none before it.
  const replacing = successors.filter(({ issue_number }) => issue_number > 1);
  if (replacing.length === 0) return [];
  const live = await transaction.query<SupersededCertificate>(
    `SELECT ${allocatedColumns.map((name) => `c.${name}`).join(', ')}, successor.id AS superseded_by
     FROM certificate c
     JOIN unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) AS successor(id, tenant_id, type_id, occasion_key)
       ON c.tenant_id = successor.tenant_id AND c.credential_type_id = successor.type_id
       AND c.occasion_key = successor.occasion_key
     WHERE c.state IN ('issued', 'suspended') AND c.id <> successor.id
     ORDER BY c.id FOR UPDATE OF c`,
    [
      replacing.map(({ id }) => id),
      replacing.map(({ tenant_id }) => tenant_id),
      replacing.map(({ credential_type_id }) => credential_type_id),
      replacing.map(({ occasion_key }) => occasion_key),
    ],
  );
  const superseded = live.map((row) => ({
    ...row,
    state: 'superseded' as const,
    version: row.version + 1,
    state_actor: actor,
    state_changed_at: now,
  }));
  await updateRows(transaction, 'certificate', { id: 'uuid' }, sets, superseded);
  await addHistory(
    transaction,
    superseded.map(({ id, version, state }) => ({ certificate_id: id, version, state, actor, at: now })),
  );
  await markStatusChanged(
    transaction,
    superseded.map(({ status_list }) => status_list),
  );
  return superseded;
}
