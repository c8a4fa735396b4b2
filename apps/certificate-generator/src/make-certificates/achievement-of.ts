import type { AllocatedCertificate } from '@laurel/certificates';
import { stableUuid } from '@laurel/contracts';
import type { CredentialInput } from '@laurel/credentials';
import { textOf } from './text-of.ts';

/** What was achieved. */
export type AchievementTold = CredentialInput['achievement'];

/** The achievement of a request; where it gives none, one is made of the credential type and the claims. */
export function achievementOf({ tenant_id, credential_type_id, request }: AllocatedCertificate): AchievementTold {
  if (request.achievement) return request.achievement;
  const title = textOf(request.claims['courseTitle']) ?? textOf(request.claims['title']) ?? credential_type_id;
  return {
    id: `urn:uuid:${stableUuid(tenant_id, 'achievement', credential_type_id, title.replaceAll(/\p{Cc}/gu, ' '))}`,
    name: title,
    description: `A certificate of the type ${credential_type_id}: ${title}.`,
    criteria: `As the credential type ${credential_type_id} demands.`,
  };
}
