/** `ACME-2026-000042`: counted per tenant and year of allocation; more than a million have more digits. */
export function certificateNumber(tenantId: string, year: number, count: number): string {
  return `${tenantId.toUpperCase()}-${year}-${String(count).padStart(6, '0')}`;
}
