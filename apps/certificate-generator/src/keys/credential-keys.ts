import type { CredentialKeys } from '@laurel/credentials';
import type { OpenedKey } from './opened-key.ts';

/** The two keys by these ids, if both are among the opened ones and each is for what it is asked for. */
export function credentialKeys(
  opened: ReadonlyMap<string, OpenedKey>,
  kid: string | null,
  integrityKid: string | null,
): CredentialKeys | undefined {
  const token = kid === null ? undefined : opened.get(kid);
  const integrity = integrityKid === null ? undefined : opened.get(integrityKid);
  if (token?.purpose !== 'jwt' || integrity?.purpose !== 'integrity' || integrityKid === null) return undefined;
  return { signToken: token.sign, integrity: { key: integrity.key, verificationMethod: integrityKid } };
}
