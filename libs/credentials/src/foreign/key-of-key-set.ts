import { z } from 'zod';
import type { FoundKey } from '../verification/find-key.ts';
import { refuse } from '../verification/refuse.ts';
import type { Refusal } from '../verification/refusal.ts';

const key = z.looseObject({ kty: z.string(), kid: z.string().optional(), use: z.string().optional() });
const keySet = z.looseObject({ keys: z.array(z.unknown()).max(200) });

/**
 * The key that stands at the address by which a token names it (Open Badges 3.0, section 8.2.3): a bare JWK, or one of a JWK Set (RFC
 * 7517) under that address or what stands behind its `#`. Nothing where it knows no such key.
 */
export function keyOfKeySet(
  given: Readonly<Record<string, unknown>> | undefined,
  kid: string,
): FoundKey | Refusal | undefined {
  const set = keySet.safeParse(given);
  const fragment = new URL(kid).hash.slice(1);
  const named = (each: unknown) => {
    const { success, data } = key.safeParse(each);
    return success && (data.kid === kid || (fragment !== '' && data.kid === fragment));
  };
  const [found, second] = set.success ? set.data.keys.filter(named) : [given];
  if (found === undefined && set.success) return undefined;
  const { success, data } = key.safeParse(found);
  if (!success || second !== undefined) {
    return refuse(
      'unknown-issuer',
      'issuer-document-invalid',
      'what its issuer publishes of its key is not understood',
    );
  }
  if (data.use !== undefined && data.use !== 'sig') {
    return refuse('tampered', 'key-not-authorised', 'its issuer does not let the key that it names sign certificates');
  }
  return { publicJwk: data, purpose: 'jwt' };
}
