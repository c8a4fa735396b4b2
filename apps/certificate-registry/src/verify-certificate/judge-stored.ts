import { judgeCertificate, publicLinks } from '@laurel/certificates';
import type { Credential } from '@laurel/credentials';
import { hasSvg } from '../download/has-svg.ts';
import { describeCredential } from './describe-credential.ts';
import type { PublicRow } from './public-certificate.repository.ts';
import { signedBy } from './signed-by.ts';
import type { Verification, VerifiedCertificate } from './verification.ts';

/** Judges a certificate of ours whose signature holds, by its row and by the dates that were signed. */
export function judgeStored(row: PublicRow, credential: Credential, publicUrl: string, now: Date): Verification {
  const { verdict, reasons } = judgeCertificate(
    {
      state: row.state,
      stateReason: row.state_reason,
      stateChangedAt: row.state_changed_at,
      suspendedUntil: row.suspended_until,
      successor: row.successor_number,
      validFrom: new Date(credential.validFrom),
      validUntil: credential.validUntil === undefined ? null : new Date(credential.validUntil),
    },
    now,
  );
  // A suspension that is over is told neither by a reason nor by its day.
  const isChanged = reasons.some(({ code }) => code === row.state);
  return {
    verdict,
    reasons: [...reasons, signedBy(credential.issuer.name)],
    certificate: describe(row, credential, publicUrl, isChanged),
  };
}

function describe(row: PublicRow, credential: Credential, publicUrl: string, isChanged: boolean): VerifiedCertificate {
  const described = describeCredential(credential);
  const links = publicLinks(publicUrl, row.public_id);
  const successor = row.successor_public_id;
  return {
    ...described,
    id: row.id,
    publicId: row.public_id,
    number: row.number,
    issuer: { ...described.issuer, id: row.issuer_id },
    ...(isChanged ? { changedAt: row.state_changed_at.toISOString() } : {}),
    ...(row.time_zone === null ? {} : { timeZone: row.time_zone }),
    ...(successor === null || row.successor_number === null
      ? {}
      : {
          supersededBy: {
            publicId: successor,
            number: row.successor_number,
            verify: publicLinks(publicUrl, successor).verify,
          },
        }),
    hashes: { pdf: row.pdf_sha256, credential: row.credential_sha256 },
    links: {
      ...links,
      png: `${links.verify}.png`,
      ...(hasSvg(row) ? { svg: `${links.verify}.svg` } : {}),
    },
  };
}
