import { certificateStates } from '@laurel/certificates';

/**
 * Counts the certificates of a tenant (`$1`) by state. Each state is counted by itself and stands in the text: so the indexes of
 * states are read, and not the certificates.
 */
export const countSql = certificateStates
  .map(
    (state) =>
      `SELECT '${state}' AS state, count(*)::int AS count FROM certificate WHERE tenant_id = $1 AND state = '${state}'`,
  )
  .join(' UNION ALL ');
