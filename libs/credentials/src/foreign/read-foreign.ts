import { z } from 'zod';
import { CredentialUnreadable } from '../verification/read-token.ts';
import type { ForeignCredential } from './foreign-credential.ts';

const subject = z.looseObject({ id: z.string().optional() });
/** Verifiable Credentials Data Model 2.0, section 4. */
const shape = z.looseObject({
  '@context': z.tuple([z.literal('https://www.w3.org/ns/credentials/v2')], z.unknown()),
  id: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]),
  issuer: z.union([z.string(), z.looseObject({ id: z.string() })]),
  validFrom: z.iso.datetime({ offset: true }).optional(),
  validUntil: z.iso.datetime({ offset: true }).optional(),
  credentialSubject: z.union([subject, z.array(subject).min(1)]),
});

/** @throws {CredentialUnreadable} when it is no Verifiable Credential 2.0 */
export function readForeign(members: Readonly<Record<string, unknown>>): ForeignCredential {
  const { success, data } = shape.safeParse(members);
  if (!success || ![data.type].flat().includes('VerifiableCredential')) {
    throw new CredentialUnreadable('not-a-credential', 'it is no Verifiable Credential 2.0');
  }
  // The one that was given: schemas copy.
  return members as unknown as ForeignCredential;
}
