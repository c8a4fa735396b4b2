import { insertRows, type Transaction } from '@laurel/persistence';
import type { CertificateState } from './certificate-state.ts';

const columns = {
  certificate_id: 'uuid',
  version: 'integer',
  state: 'text',
  actor: 'text',
  reason: 'text',
  at: 'timestamptz',
  suspended_until: 'timestamptz',
};

/** One change of one certificate's state. The allocation itself stands in the certificate's row, as version 1. */
export interface HistoryEntry {
  readonly certificate_id: string;
  readonly version: number;
  readonly state: CertificateState;
  /** Whose doing it was: the `sub` of a token, or the name of a service. */
  readonly actor: string;
  readonly reason?: string | null;
  readonly at: Date;
  /** Of a suspension that ends by itself. */
  readonly suspended_until?: Date | null;
}

/** Writes what happened to certificates, in the transaction in which it happened. */
export async function addHistory(transaction: Transaction, entries: readonly HistoryEntry[]): Promise<void> {
  await insertRows(transaction, 'certificate_history', columns, entries);
}
