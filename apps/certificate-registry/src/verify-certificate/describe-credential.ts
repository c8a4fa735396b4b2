import type { Credential } from '@laurel/credentials';
import type { VerifiedCertificate } from './verification.ts';

/**
 * What a credential whose signature holds says, for people and programs. A credential is read as it was signed, never as our
 * rows tell it: whoever could change a row could not change this.
 */
export function describeCredential(credential: Credential): VerifiedCertificate {
  const { credentialSubject: subject, issuer } = credential;
  const { achievement } = subject;
  const described = new Map(achievement.resultDescription?.map((each) => [each.id, each]));
  return {
    ...(subject.licenseNumber === undefined ? {} : { number: subject.licenseNumber }),
    recipient: { name: subject.identifier.find(({ identityType }) => identityType === 'name')?.identityHash ?? '' },
    achievement: {
      name: achievement.name,
      description: achievement.description,
      criteria: achievement.criteria.narrative,
    },
    issuer: { did: issuer.id, name: issuer.name, ...(issuer.url === undefined ? {} : { url: issuer.url }) },
    validFrom: credential.validFrom,
    ...(credential.validUntil === undefined ? {} : { validUntil: credential.validUntil }),
    results: (subject.result ?? []).map(({ resultDescription, value }) => {
      const { name = 'Result', resultType = 'Result' } = described.get(resultDescription) ?? {};
      return { name, type: resultType, value };
    }),
  };
}
