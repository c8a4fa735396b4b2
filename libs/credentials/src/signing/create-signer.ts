import jose from 'node-jose';
import type { Credential } from '../credential/credential.ts';
import { CredentialRefused } from '../credential/credential-refused.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { maxTokenBytes } from './max-token-bytes.ts';
import { registeredClaims } from './registered-claims.ts';

/** Signs credentials with one key. */
export type Signer = (credential: Credential) => Promise<string>;

/**
 * Makes a signer of VC-JWTs: the payload is the credential itself (VC-JOSE-COSE, section 3.1.1) with the claims that
 * Open Badges 3.0 demands beside it (section 8.2), so one token serves both. The header holds `alg`, `kid` and `typ` only, as
 * OB 3.0 wants it; `typ` is `JWT`, which it demands where VC-JOSE-COSE only recommends `vc+jwt`.
 *
 * ES256 is randomised: two signatures of one credential differ, so the first token is stored and never made again.
 */
export async function createSigner({ kid, privateJwk }: SigningKey): Promise<Signer> {
  // Once per key: node-jose's framing of a signature costs as much as the signature.
  const key = await jose.JWK.asKey({ ...privateJwk });
  const header = base64url(JSON.stringify({ alg: 'ES256', kid, typ: 'JWT' }));
  return async (credential) => {
    const payload = base64url(JSON.stringify({ ...credential, ...registeredClaims(credential) }));
    const signingInput = `${header}.${payload}`;
    const { mac } = (await (key as unknown as RawSigner).sign('ES256', Buffer.from(signingInput, 'ascii'))) as {
      mac: Buffer;
    };
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

const base64url = (text: string) => Buffer.from(text, 'utf8').toString('base64url');
