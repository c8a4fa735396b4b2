import { CredentialRefused } from './credential-refused.ts';

/**
 * Refuses a document in which two nodes have one id: JSON-LD reads them as one thing, so their members could change places under
 * the proof. Images are let be: they have nothing but their id.
 *
 * @throws {CredentialRefused}
 */
export function refuseEqualIds(document: object): void {
  const seen = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const { id, type } = value as { id?: unknown; type?: unknown };
    if (typeof id === 'string' && type !== 'Image') {
      if (seen.has(id)) {
        throw new CredentialRefused(`${id} is the id of two different things: give each one its own`);
      }
      seen.add(id);
    }
    Object.values(value).forEach(visit);
  };
  visit(document);
}
