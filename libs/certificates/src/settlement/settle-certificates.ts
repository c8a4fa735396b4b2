import { type Transaction, updateRows } from '@laurel/persistence';
import { type AllocatedCertificate, allocatedColumns } from '../allocation/allocated-certificate.ts';
import type { CertificateRow } from '../certificates/certificate-row.ts';
import { addHistory } from '../certificates/history-entry.ts';
import { supersedeLive, type SupersededCertificate } from './supersede-live.ts';

/** What was made of an allocated certificate, and is stored already. */
export interface MadeCertificate {
  readonly id: string;
  /** Of the row that it was made of. */
  readonly version: number;
  /** The VC-JWT. */
  readonly credential: string;
  readonly credential_sha256: string;
  readonly pdf_sha256: string;
  readonly pdf_object: string;
}

/** Why an allocated certificate cannot be made. */
export interface FailedMaking {
  readonly id: string;
  /** Of the row that was tried. */
  readonly version: number;
  /** A kind in lower-case words: `template-missing`. */
  readonly failure_type: string;
  /** A sentence for operators, without personal data. */
  readonly failure_reason: string;
}

/** A certificate in the moment that it became live. */
export type IssuedCertificate = AllocatedCertificate &
  MadeCertificate & { readonly issued_at: Date; readonly supersedes: string | null };

/** A certificate in the moment that it failed. */
export type FailedCertificate = AllocatedCertificate & FailedMaking;

/** What really changed; whatever was asked for and is missing here had left the state `allocated` before. */
export interface Settlement {
  readonly issued: readonly IssuedCertificate[];
  readonly superseded: readonly SupersededCertificate[];
  readonly failed: readonly FailedCertificate[];
}

const sets = {
  state: 'text',
  version: 'integer',
  issued_at: 'timestamptz',
  credential: 'text',
  credential_sha256: 'text',
  pdf_sha256: 'text',
  pdf_object: 'text',
  supersedes: 'uuid',
  failure_type: 'text',
  failure_reason: 'text',
  state_actor: 'text',
  state_changed_at: 'timestamptz',
} as const;

/**
 * Issues what was made and fails what cannot be, in one transaction (architecture section 4, step 3): locks in the order of their
 * ids the rows that are still `allocated`, supersedes whatever else of their occasions is live, and only then sets the new states,
 * because the index of live certificates is checked row by row. A worker that comes too late finds no row, and changes nothing; one
 * that comes with what it made before an operator's retry finds another version, and changes nothing either: its bytes tell what was
 * corrected since.
 *
 * @param actor whose doing it is: the name of the service
 */
export async function settleCertificates(
  transaction: Transaction,
  { made, failed }: { made: readonly MadeCertificate[]; failed: readonly FailedMaking[] },
  { actor, now }: { actor: string; now: Date },
): Promise<Settlement> {
  const locked = await lockAllocated(
    transaction,
    [...made, ...failed].map(({ id }) => id),
  );
  const next = { state_actor: actor, state_changed_at: now };
  const toIssue = made.flatMap((one) => pair(locked, one));
  const superseded = await supersedeLive(
    transaction,
    toIssue.map(([row]) => row),
    { actor, now },
  );
  const predecessors = new Map(superseded.map(({ id, superseded_by }) => [superseded_by, id]));
  const issued = toIssue.map(([row, one]) => ({
    ...row,
    ...one,
    ...next,
    state: 'issued' as const,
    version: row.version + 1,
    issued_at: row.allocated_at,
    supersedes: predecessors.get(row.id) ?? null,
  }));
  const failures = failed
    .flatMap((one) => pair(locked, one))
    .map(([row, one]) => ({ ...row, ...one, ...next, state: 'failed' as const, version: row.version + 1 }));
  const changed: readonly AllocatedCertificate[] = [...issued, ...failures];
  await updateRows(transaction, 'certificate', { id: 'uuid' }, sets, changed);
  await addHistory(
    transaction,
    changed.map((row) => ({
      certificate_id: row.id,
      version: row.version,
      state: row.state,
      actor,
      reason: (row as Partial<CertificateRow>).failure_reason ?? null,
      at: now,
    })),
  );
  return { issued, superseded, failed: failures };
}

async function lockAllocated(
  transaction: Transaction,
  ids: readonly string[],
): Promise<Map<string, AllocatedCertificate>> {
  const rows = await transaction.query<AllocatedCertificate>(
    `SELECT ${allocatedColumns.join(', ')} FROM certificate
     WHERE id = ANY($1::uuid[]) AND state = 'allocated' ORDER BY id FOR UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function pair<One extends { readonly id: string; readonly version: number }>(
  locked: Map<string, AllocatedCertificate>,
  one: One,
): [AllocatedCertificate, One][] {
  const row = locked.get(one.id);
  return row?.version === one.version ? [[row, one]] : [];
}
