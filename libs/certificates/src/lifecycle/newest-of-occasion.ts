import type { Transaction } from '@laurel/persistence';
import type { CertificateRow } from '../certificates/certificate-row.ts';

/** The certificate with the highest issue number of an occasion; undefined where none was allocated. */
export async function newestOfOccasion(
  transaction: Transaction,
  tenantId: string,
  credentialTypeId: string,
  occasionKey: string,
): Promise<CertificateRow | undefined> {
  const [row] = await transaction.query<CertificateRow>(
    `SELECT * FROM certificate WHERE tenant_id = $1 AND credential_type_id = $2 AND occasion_key = $3
     ORDER BY issue_number DESC LIMIT 1`,
    [tenantId, credentialTypeId, occasionKey],
  );
  return row;
}
