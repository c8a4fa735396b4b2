import type { JsonWebKey } from 'node:crypto';
import { z } from 'zod';
import type { FoundKey } from '../verification/find-key.ts';
import { refuse } from '../verification/refuse.ts';
import type { Refusal } from '../verification/refusal.ts';
import { jwkOfMultikey } from './jwk-of-multikey.ts';

const instant = z.iso.datetime({ offset: true });
const method = z.looseObject({
  id: z.string(),
  controller: z.string(),
  publicKeyJwk: z.record(z.string(), z.unknown()).optional(),
  publicKeyMultibase: z.string().optional(),
  revoked: instant.optional(),
  expires: instant.optional(),
});
const document = z.looseObject({
  id: z.string(),
  verificationMethod: z.array(z.unknown()).max(200).default([]),
  assertionMethod: z.array(z.unknown()).max(200).default([]),
});

/**
 * The key that a DID document (DID Core, section 5; Controlled Identifiers 1.0, section 2) lets sign credentials under an id; nothing
 * where it knows no such key. What it has revoked or let expire signs nothing, whenever that was: who has the key dates as he likes.
 *
 * @param kid the full DID URL
 */
export function keyOfDidDocument(
  given: Readonly<Record<string, unknown>> | undefined,
  did: string,
  kid: string,
  now: Date,
): FoundKey | Refusal | undefined {
  const { success, data } = document.safeParse(given);
  if (!success || data.id !== did) {
    return refuse('unknown-issuer', 'issuer-document-invalid', 'its issuer publishes no document of its own keys');
  }
  const full = (id: unknown) => (typeof id === 'string' && id.startsWith('#') ? `${did}${id}` : id);
  const isIt = (each: unknown) => full(typeof each === 'object' ? (each as { id?: unknown } | null)?.id : each) === kid;
  const embedded = data.assertionMethod.filter((each) => typeof each === 'object');
  const [found, second] = [...data.verificationMethod, ...embedded].filter(isIt);
  if (found === undefined) return undefined;
  const read = method.safeParse(found);
  const publicJwk = read.success ? jwkOf(read.data) : undefined;
  // Of two keys with one id another reader could take the other one.
  if (!read.success || second !== undefined || !publicJwk) {
    return refuse(
      'unknown-issuer',
      'issuer-document-invalid',
      'what its issuer publishes of its key is not understood',
    );
  }
  const { controller, revoked, expires } = read.data;
  if (controller !== did || !data.assertionMethod.some(isIt)) {
    return refuse('tampered', 'key-not-authorised', 'its issuer does not let the key that it names sign certificates');
  }
  if (revoked !== undefined && new Date(revoked) <= now) {
    return refuse('tampered', 'key-not-authorised', 'its issuer has revoked the key that it names');
  }
  if (expires !== undefined && new Date(expires) <= now) {
    return refuse('tampered', 'key-expired', 'the key that it names has expired');
  }
  return { publicJwk };
}

function jwkOf({ publicKeyJwk, publicKeyMultibase }: z.output<typeof method>): JsonWebKey | undefined {
  // One that is written twice could be two.
  if ((publicKeyJwk === undefined) === (publicKeyMultibase === undefined)) return undefined;
  return publicKeyMultibase === undefined ? publicKeyJwk : jwkOfMultikey(publicKeyMultibase);
}
