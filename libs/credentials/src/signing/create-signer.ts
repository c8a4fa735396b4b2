import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import jose from 'node-jose';
import { CredentialRefused } from '../credential/credential-refused.ts';
import { algorithmOf } from '../keys/algorithm-of.ts';
import { publicJwkOf } from '../keys/public-jwk-of.ts';
import { maxTokenBytes } from './max-token-bytes.ts';
import { registeredClaims, type SignableCredential } from './registered-claims.ts';

/** Signs credentials with one key. */
export type Signer = (credential: SignableCredential) => Promise<string>;

/**
 * Makes a signer of VC-JWTs: the payload is the credential itself (VC-JOSE-COSE, section 3.1.1) with the claims that
 * Open Badges 3.0 demands beside it (section 8.2), so one token serves both. The header holds `alg`, `kid` and `typ` only, as
 * OB 3.0 wants it; `typ` is `JWT`, which it demands where VC-JOSE-COSE only recommends `vc+jwt`. The algorithm is the key's.
 *
 * ES256 is randomised: two signatures of one credential differ, so the first token is stored and never made again.
 *
 * @param key both halves as a JWK, or an opened key
 * @throws {TypeError} when the key is neither a P-256 nor an RSA key
 */
export async function createSigner({
  kid,
  privateJwk,
}: {
  readonly kid: string;
  readonly privateJwk: JsonWebKey | KeyObject;
}): Promise<Signer> {
  const opened = isKeyObject(privateJwk) ? privateJwk : createPrivateKey({ key: privateJwk, format: 'jwk' });
  const jwk = opened.export({ format: 'jwk' });
  const algorithm = algorithmOf(publicJwkOf(jwk));
  // Once per key: node-jose's framing of a signature costs as much as the signature.
  const key = (await jose.JWK.asKey({ ...jwk })) as unknown as RawSigner;
  const header = base64url(JSON.stringify({ alg: algorithm, kid, typ: 'JWT' }));
  return async (credential) => {
    const payload = base64url(JSON.stringify({ ...credential, ...registeredClaims(credential) }));
    const signingInput = `${header}.${payload}`;
    const { mac } = (await key.sign(algorithm, Buffer.from(signingInput, 'ascii'))) as { mac: Buffer };
    const token = `${signingInput}.${mac.toString('base64url')}`;
    if (token.length > maxTokenBytes) {
      throw new CredentialRefused(
        `The signed credential has ${token.length} bytes; at most ${maxTokenBytes} are verified`,
      );
    }
    return token;
  };
}

/** The signature alone, without node-jose's framing; its types do not tell of it. */
interface RawSigner {
  sign(algorithm: string, data: Buffer): Promise<unknown>;
}

const isKeyObject = (key: JsonWebKey | KeyObject): key is KeyObject => 'asymmetricKeyType' in key;
const base64url = (text: string) => Buffer.from(text, 'utf8').toString('base64url');
