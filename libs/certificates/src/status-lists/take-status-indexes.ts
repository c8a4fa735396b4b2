import { randomBytes } from 'node:crypto';
import { statusListSize, statusPermutation } from '@laurel/credentials';
import { insertRows, type Transaction } from '@laurel/persistence';
import { v7 } from 'uuid';
import { markStatusChanged } from './mark-status-changed.ts';

/** How many certificates of an issuer are about to be allocated. */
export interface WantedIndexes {
  readonly tenantId: string;
  /** At least one. */
  readonly count: number;
}

/** The place of a certificate in a status list: its `status_list` and `status_index`. */
export interface StatusIndex {
  readonly list: string;
  readonly index: number;
}

interface OpenList {
  readonly id: string;
  readonly ordinal: number;
  readonly permutation_key: Buffer;
}

interface Block {
  readonly issuer_id: string;
  /** The first number of the block, and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly lists: Map<number, OpenList>;
}

const columns = {
  id: 'uuid',
  tenant_id: 'text',
  issuer_id: 'uuid',
  ordinal: 'integer',
  permutation_key: 'bytea',
} as const;

/**
 * Takes a block of indexes from the counter of each issuer, and holds the counters, in the order of the issuers, until the transaction
 * ends. The numbers go on from list to list, 131,072 to each; where a block comes to a list that is not there it is opened, and marked, so that the
 * signer makes its first edition. One round trip, and three more where a list is opened.
 *
 * An index that was taken is never given again, whatever becomes of the certificate; only a transaction that is rolled back gives its
 * block back.
 *
 * @param wanted by issuer
 * @returns by issuer as many indexes as were wanted, in no order that tells anything
 */
export async function takeStatusIndexes(
  transaction: Transaction,
  wanted: ReadonlyMap<string, WantedIndexes>,
): Promise<Map<string, StatusIndex[]>> {
  if (wanted.size === 0) return new Map();
  const blocks = await takeBlocks(transaction, wanted);
  await openLists(transaction, blocks, wanted);
  return new Map(blocks.map((block) => [block.issuer_id, indexesOf(block)]));
}

async function takeBlocks(transaction: Transaction, wanted: ReadonlyMap<string, WantedIndexes>): Promise<Block[]> {
  const rows = await transaction.query<{ issuer_id: string; from: string; to: string; lists: string[][] | null }>(
    `WITH given AS (SELECT * FROM unnest($1::uuid[], $2::int[]) AS given(issuer_id, count)),
     block AS (
       INSERT INTO status_index_counter (issuer_id, taken) SELECT issuer_id, count FROM given ORDER BY issuer_id
       ON CONFLICT (issuer_id) DO UPDATE SET taken = status_index_counter.taken + excluded.taken
       RETURNING issuer_id, taken)
     SELECT issuer_id, block.taken - given.count AS "from", block.taken AS "to",
       (SELECT json_agg(json_build_array(list.ordinal::text, list.id, encode(list.permutation_key, 'hex')))
        FROM status_list list WHERE list.issuer_id = block.issuer_id
          AND list.ordinal BETWEEN (block.taken - given.count) / $3 AND (block.taken - 1) / $3) AS lists
     FROM block JOIN given USING (issuer_id)`,
    [[...wanted.keys()], [...wanted.values()].map(({ count }) => count), statusListSize],
  );
  return rows.map(({ issuer_id, from, to, lists }) => ({
    ...{ issuer_id, from: Number(from), to: Number(to) },
    lists: new Map(
      (lists ?? []).map(([ordinal, id = '', key = '']) => [
        Number(ordinal),
        { id, ordinal: Number(ordinal), permutation_key: Buffer.from(key, 'hex') },
      ]),
    ),
  }));
}

/** Under the counter's lock: nobody else opens a list of the issuer. */
async function openLists(
  transaction: Transaction,
  blocks: readonly Block[],
  wanted: ReadonlyMap<string, WantedIndexes>,
): Promise<void> {
  const missing = blocks.flatMap((block) =>
    ordinalsOf(block)
      .filter((ordinal) => !block.lists.has(ordinal))
      .map((ordinal) => ({
        ...{ id: v7(), issuer_id: block.issuer_id, ordinal, permutation_key: randomBytes(32) },
        tenant_id: wanted.get(block.issuer_id)?.tenantId,
      })),
  );
  if (missing.length === 0) return;
  // The statement that waited for the counter did not see a list that was opened meanwhile.
  const opened = await insertRows<object, { id: string }>(transaction, 'status_list', columns, missing, {
    onConflictDoNothing: ['issuer_id', 'ordinal'],
    returning: ['id'],
  });
  await markStatusChanged(
    transaction,
    opened.map(({ id }) => id),
  );
  const there = await transaction.query<OpenList & { issuer_id: string }>(
    `SELECT list.id, list.issuer_id, list.ordinal, list.permutation_key
     FROM status_list list JOIN unnest($1::uuid[], $2::int[]) AS missing(issuer_id, ordinal)
       USING (issuer_id, ordinal)`,
    [missing.map(({ issuer_id }) => issuer_id), missing.map(({ ordinal }) => ordinal)],
  );
  const byIssuer = new Map(blocks.map((block) => [block.issuer_id, block]));
  for (const list of there) byIssuer.get(list.issuer_id)?.lists.set(list.ordinal, list);
}

function ordinalsOf({ from, to }: Block): number[] {
  const first = Math.floor(from / statusListSize);
  const last = Math.floor((to - 1) / statusListSize);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function indexesOf(block: Block): StatusIndex[] {
  return ordinalsOf(block).flatMap((ordinal) => {
    const list = block.lists.get(ordinal);
    if (!list) throw new Error(`Status list ${ordinal} of issuer ${block.issuer_id} is gone`);
    const permute = statusPermutation(list.permutation_key);
    const begin = ordinal * statusListSize;
    const from = Math.max(block.from - begin, 0);
    const to = Math.min(block.to - begin, statusListSize);
    return Array.from({ length: to - from }, (_, index) => ({ list: list.id, index: permute(from + index) }));
  });
}
