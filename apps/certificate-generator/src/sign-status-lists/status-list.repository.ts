import type { Transaction } from '@laurel/persistence';
import type { DueList, DueLists } from './due-list.ts';

/** When a list was last signed, by the clock of the database, which all signers share. */
export interface EditionTimes {
  /** For the next edition: the whole second that it is, but always later than that of the last one. */
  readonly next: Date;
  /** Whether the last edition is younger than a window. */
  readonly isFresh: boolean;
  /** Whether the list has no edition, or one that is to be renewed. */
  readonly isOld: boolean;
}

/** One edition of a list. */
export interface SignedEdition {
  readonly list: string;
  readonly document: string;
  readonly document_sha256: string;
  readonly token: string;
  readonly token_sha256: string;
  readonly valid_from: Date;
  readonly valid_until: Date;
  readonly renewed_from: Date;
}

/** A window has begun that is not over. A last edition out of the future, after the clock was put back, holds nobody up. */
const isFresh = (window: string) =>
  `coalesce(signed.signed_at BETWEEN clock_timestamp() - make_interval(secs => ${window} / 1000.0) AND clock_timestamp(), false)`;

/** The tables behind the signer. */
export class StatusListRepository {
  /** @param window milliseconds between two editions of a list @param most lists at once, those that wait longest first */
  async due(transaction: Transaction, window: number, most: number): Promise<DueLists> {
    const rows = await transaction.query<DueList & { behind: number; is_fresh: boolean }>(
      `SELECT list.id, list.issuer_id, issuer.did, ${isFresh('$1::int')} AS is_fresh,
         coalesce(extract(epoch FROM clock_timestamp() - due.since), 0)::float8 AS behind
       FROM (SELECT list, min(since) AS since FROM (
               SELECT list, changed_at AS since FROM status_list_change
               UNION ALL SELECT list, NULL FROM signed_status_list WHERE renewed_from <= now()) each
             GROUP BY list) due
       JOIN status_list list ON list.id = due.list
       JOIN issuer ON issuer.id = list.issuer_id
       LEFT JOIN signed_status_list signed ON signed.list = list.id
       ORDER BY due.since LIMIT $2`,
      [window, most],
    );
    return {
      lists: rows.filter(({ is_fresh }) => !is_fresh),
      behind: Math.max(0, ...rows.map(({ behind }) => behind)),
    };
  }

  /** @returns whether this transaction alone may sign the list now */
  async lock(transaction: Transaction, list: string): Promise<boolean> {
    const [row] = await transaction.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('status-list ' || $1, 0)) AS locked`,
      [list],
    );
    return row?.locked ?? false;
  }

  async times(transaction: Transaction, list: string, window: number): Promise<EditionTimes> {
    const [row] = await transaction.query<EditionTimes>(
      `SELECT greatest(date_trunc('second', clock_timestamp()), signed.valid_from + interval '1 second') AS next,
         ${isFresh('$2::int')} AS "isFresh", coalesce(signed.renewed_from <= clock_timestamp(), true) AS "isOld"
       FROM (SELECT $1::uuid AS id) list LEFT JOIN signed_status_list signed ON signed.list = list.id`,
      [list, window],
    );
    if (!row) throw new Error('A row of its own is always there');
    return row;
  }

  /**
   * Takes the changes of a list: whatever they changed is in the bits that are read from now on.
   *
   * @returns how many there were
   */
  async takeChanges(transaction: Transaction, list: string): Promise<number> {
    const [row] = await transaction.query<{ count: number }>(
      `WITH gone AS (DELETE FROM status_list_change WHERE list = $1 RETURNING 1)
       SELECT count(*)::int AS count FROM gone`,
      [list],
    );
    return row?.count ?? 0;
  }

  /** The indexes of the certificates of a list that are revoked or superseded. */
  async setBits(transaction: Transaction, list: string): Promise<readonly number[]> {
    const [row] = await transaction.query<{ set: number[] | null }>(
      `SELECT array_agg(status_index) AS set FROM certificate
       WHERE status_list = $1 AND status_list IS NOT NULL AND state IN ('superseded', 'revoked')`,
      [list],
    );
    return row?.set ?? [];
  }

  async publish(transaction: Transaction, edition: SignedEdition): Promise<void> {
    await transaction.query(
      `INSERT INTO signed_status_list
         (list, document, document_sha256, token, token_sha256, valid_from, valid_until, renewed_from, signed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp())
       ON CONFLICT (list) DO UPDATE SET
         document = excluded.document, document_sha256 = excluded.document_sha256, token = excluded.token,
         token_sha256 = excluded.token_sha256, valid_from = excluded.valid_from, valid_until = excluded.valid_until,
         renewed_from = excluded.renewed_from, signed_at = excluded.signed_at`,
      [
        ...[edition.list, edition.document, edition.document_sha256, edition.token, edition.token_sha256],
        ...[edition.valid_from, edition.valid_until, edition.renewed_from],
      ],
    );
  }
}
