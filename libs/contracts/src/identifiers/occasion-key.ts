import { stableUuid } from './stable-uuid.ts';

/**
 * The Kafka key of all that happens to one occasion, so that its order is kept.
 *
 * @param tenant the tenant's id
 * @param credentialType the credential type's id, without its version
 * @param occasion what the certificate is for, as its type names it; the order of the members does not matter
 */
export function occasionKey(tenant: string, credentialType: string, occasion: Record<string, string>): string {
  const members = Object.entries(occasion).sort(([a], [b]) => (a < b ? -1 : 1));
  return stableUuid(tenant, 'occasion', credentialType, ...members.flat());
}
