import { verify } from 'node:crypto';
import type { FindKey, FoundKey } from './find-key.ts';
import type { ReadToken } from './read-token.ts';
import { refuse } from './refuse.ts';
import type { Refusal } from './refusal.ts';
import { usableKey } from './usable-key.ts';

/**
 * Verifies the signature of a token that was read (RFC 7515; RFC 7518, sections 3.3 and 3.4; RFC 8037, section 3.1) by the key
 * that it names, of an issuer to whom that key is known to belong.
 */
export async function tokenSignature(
  { alg, kid, signed, signature }: ReadToken,
  issuer: string,
  keys: FindKey,
): Promise<{ readonly ok: true; readonly found: FoundKey } | Refusal> {
  const usable = await usableKey(keys, kid, issuer, alg);
  if (!usable.ok) return usable;
  const { key, found } = usable;
  // Any other length is no ES256 signature; OpenSSL would read some of them.
  const holds =
    alg === 'ES256'
      ? signature.length === 64 && verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)
      : verify(alg === 'RS256' ? 'sha256' : null, signed, key, signature);
  return holds
    ? { ok: true, found }
    : refuse('tampered', 'signature-mismatch', 'its signature does not fit its content: something was changed');
}
