import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { MakeKey } from '@laurel/certificates';
import {
  createSigner,
  type CredentialKeys,
  generateIntegrityKey,
  generateSigningKey,
  type SigningKey,
} from '@laurel/credentials';
import { expect, it } from 'vitest';

/** The private halves of the keys of a scene's issuers, which in production only the generator has. */
export class SceneKeys {
  private readonly tokens = new Map<string, SigningKey>();
  /** Of embedded proofs, by their ids. */
  readonly integrity = new Map<string, CredentialKeys['integrity']>();

  readonly make: MakeKey = async ({ did }, purpose, number) => {
    const sealed_private = Buffer.from('sealed');
    if (purpose === 'integrity') {
      const { publicJwk, privateJwk } = generateIntegrityKey();
      const verificationMethod = `${did}#di-${number}`;
      const key = createPrivateKey({ key: privateJwk, format: 'jwk' });
      this.integrity.set(verificationMethod, { key, verificationMethod });
      return { kid: verificationMethod, public_jwk: publicJwk, sealed_private };
    }
    const key = await generateSigningKey((thumbprint) => `${did}#${thumbprint}`);
    this.tokens.set(did, key);
    return { kid: key.kid, public_jwk: key.publicJwk, sealed_private };
  };

  /** The newest key of tokens of an issuer. */
  get(did: string): SigningKey | undefined {
    return this.tokens.get(did);
  }

  /** Both keys of an issuer, for signing. */
  async of(did: string, integrityKid: string): Promise<CredentialKeys> {
    const [token, integrity] = [this.tokens.get(did), this.integrity.get(integrityKid)];
    if (!token || !integrity) throw new Error(`No keys of ${did} were made here`);
    return { signToken: await createSigner(token), integrity };
  }
}

it('publishes of each key the half that fits what signs', async () => {
  const keys = new SceneKeys();
  const issuer = { tenant_id: 'demo', did: 'did:web:x' };
  const { kid, public_jwk } = await keys.make(issuer, 'integrity', 7);
  expect(kid).toBe('did:web:x#di-7');
  await keys.make(issuer, 'jwt', 1);
  const { integrity } = await keys.of('did:web:x', kid);
  const published = createPublicKey({ key: public_jwk as { kty: string }, format: 'jwk' });
  expect(verify(null, Buffer.from('a'), published, sign(null, Buffer.from('a'), integrity.key))).toBe(true);
});
