import type { Transaction } from '@laurel/persistence';

/** Numbers are counted per tenant and year. */
export interface CounterKey {
  readonly tenant_id: string;
  readonly year: number;
}

/**
 * Takes the counters of tenants for a year, in the order of the tenants, until the transaction ends. Whoever holds a counter is
 * the only one that allocates for its tenant: what it then reads of the tenant's certificates is the latest, so no number is
 * given to a certificate that is there already, and the numbers have no gaps.
 *
 * @returns the last number that was given, by tenant
 */
export async function lockCounters(
  transaction: Transaction,
  tenants: readonly string[],
  year: number,
): Promise<Map<string, number>> {
  const rows = await transaction.query<{ tenant_id: string; last: string }>(
    `INSERT INTO number_counter (tenant_id, year, last)
     SELECT tenant_id, $2::int, 0 FROM unnest($1::text[]) AS given(tenant_id) ORDER BY tenant_id
     ON CONFLICT (tenant_id, year) DO UPDATE SET last = number_counter.last
     RETURNING tenant_id, last`,
    [[...new Set(tenants)], year],
  );
  return new Map(rows.map(({ tenant_id, last }) => [tenant_id, Number(last)]));
}
