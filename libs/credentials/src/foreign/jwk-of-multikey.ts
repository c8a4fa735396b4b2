import { ECDH, type JsonWebKey } from 'node:crypto';
import { decode } from 'base58-universal';

/** Ed25519 and P-256, compressed (Controlled Identifiers 1.0, section 2.2.2). */
const longest = 60;

/** The public key that a Multikey writes, Ed25519 (`z6Mk…`) or P-256 (`zDn…`); nothing for any other. */
export function jwkOfMultikey(multikey: string): JsonWebKey | undefined {
  if (multikey.length > longest || !/^z[1-9A-HJ-NP-Za-km-z]+$/.test(multikey)) return undefined;
  const bytes = Buffer.from(decode(multikey.slice(1)));
  const [code, key] = [bytes.subarray(0, 2).toString('hex'), bytes.subarray(2)];
  if (code === 'ed01' && key.length === 32) return { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') };
  if (code !== '8024' || key.length !== 33) return undefined;
  try {
    const point = Buffer.from(ECDH.convertKey(key, 'prime256v1', undefined, undefined, 'uncompressed') as Buffer);
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((each) => each.toString('base64url'));
    return { kty: 'EC', crv: 'P-256', x, y } as JsonWebKey;
  } catch {
    // No point of the curve has this x.
    return undefined;
  }
}
