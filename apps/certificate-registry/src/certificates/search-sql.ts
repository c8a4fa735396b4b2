import { type CertificateState, certificateStates } from '@laurel/certificates';
import type { CertificateSearch, SearchPosition } from './certificate-search.ts';
import { searchOrder } from './search-order.ts';

/** Which part of a search is read. */
export interface SearchPart {
  /** The columns that are read; among them `id`, `allocated_at` and `state_changed_at`. */
  readonly columns: string;
  readonly direction: 'newest' | 'oldest';
  /** Only what comes behind this, in the direction. */
  readonly after?: SearchPosition | undefined;
  /** Only what was there already when this was the newest. */
  readonly upTo?: SearchPosition | undefined;
  readonly limit: number;
}

const equals = {
  learnerId: 'recipient_learner_id',
  batchId: 'batch_id',
  awardId: 'award_id',
  number: 'number',
  publicId: 'public_id',
  requestId: 'request_id',
} as const;
const issuedStates: readonly CertificateState[] = ['issued', 'suspended', 'superseded', 'revoked'];

/**
 * The statement of a search. Whatever names few certificates (a learner, a number) is read as a whole. Anything else is a walk
 * through one index for each state, each no longer than the page, and the page is taken from what these bring: a state alone may
 * have all the rows, or none, and the plan must not depend on it. States stand in the text and not in parameters: their indexes are
 * partial ones. Each row has `sort_at`, its place in the order.
 */
export function searchSql(
  tenantId: string,
  search: CertificateSearch,
  { columns, direction, after, upTo, limit }: SearchPart,
): { readonly sql: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [tenantId];
  const conditions = ['tenant_id = $1'];
  const given = (value: unknown) => `$${values.push(value)}`;
  const order = searchOrder(search);
  for (const [name, column] of Object.entries(equals)) {
    const value = search[name as keyof typeof equals];
    if (value !== undefined) conditions.push(`${column} = ${given(value)}`);
  }
  const from = (column: string, value: Date | undefined) => value && conditions.push(`${column} >= ${given(value)}`);
  const before = (column: string, value: Date | undefined) => value && conditions.push(`${column} < ${given(value)}`);
  if (isIssued(search) && search.state !== undefined && !issuedStates.includes(search.state)) conditions.push('false');
  // The same instant: the first leads through the index, the second leaves out what was never issued.
  for (const column of ['allocated_at', 'issued_at']) {
    from(column, search.issuedFrom);
    before(column, search.issuedBefore);
  }
  from('state_changed_at', search.changedFrom);
  before('state_changed_at', search.changedBefore);
  // Nothing changes before it is allocated: a bound of the one is a bound of the other, and helps whichever leads.
  from('state_changed_at', search.issuedFrom);
  before('allocated_at', search.changedBefore);
  const beside = (sign: string, { at, id }: SearchPosition) =>
    conditions.push(`(${order}, id) ${sign} (${given(at)}::timestamptz, ${given(id)}::uuid)`);
  if (after) beside(direction === 'newest' ? '<' : '>', after);
  if (upTo) beside('<=', upTo);
  const way = direction === 'newest' ? 'DESC' : 'ASC';
  const end = `ORDER BY ${order} ${way}, id ${way} LIMIT ${given(limit)}`;
  const where = conditions.join(' AND ');
  const walks = statesOf(search).map((state) => {
    const ofState = state === undefined ? '' : ` AND state = '${state}'`;
    return `(SELECT ${columns} FROM certificate WHERE ${where}${ofState} ${end})`;
  });
  return {
    sql: `SELECT *, to_char(${order} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS sort_at
      FROM (${walks.join(' UNION ALL ')}) AS found ${end}`,
    values,
  };
}

/** The states that are walked through, of which there is always one; undefined stands for one walk whatever the state. */
function statesOf(search: CertificateSearch): readonly (CertificateState | undefined)[] {
  if (search.state !== undefined) return [search.state];
  const { learnerId, number, publicId, requestId } = search;
  if ([learnerId, number, publicId, requestId].some((value) => value !== undefined)) return [undefined];
  return isIssued(search) ? issuedStates : certificateStates;
}

const isIssued = ({ issuedFrom, issuedBefore }: CertificateSearch) =>
  issuedFrom !== undefined || issuedBefore !== undefined;
