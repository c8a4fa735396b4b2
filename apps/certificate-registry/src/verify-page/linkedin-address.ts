import type { VerifiedCertificate } from '../verify-certificate/verification.ts';

/**
 * Where LinkedIn offers to add a certificate to one's profile, filled in. Nothing is asked of LinkedIn before the reader
 * goes there.
 *
 * @param address of the verify page
 */
export function linkedInAddress(certificate: VerifiedCertificate, address: string): string {
  const { achievement, issuer, number, timeZone = 'UTC', validFrom, validUntil } = certificate;
  const fields = {
    startTask: 'CERTIFICATION_NAME',
    name: achievement.name,
    organizationName: issuer.name,
    ...(validFrom === undefined ? {} : monthOf('issue', validFrom, timeZone)),
    ...(validUntil === undefined ? {} : monthOf('expiration', validUntil, timeZone)),
    certUrl: address,
    ...(number === undefined ? {} : { certId: number }),
  };
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`);
  return `https://www.linkedin.com/profile/add?${query.join('&')}`;
}

/** As the certificate itself prints its day: in the zone of the course. */
function monthOf(name: string, instant: string, timeZone: string): Record<string, string> {
  const parts = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'numeric', timeZone }).formatToParts(
    new Date(instant),
  );
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return { [`${name}Year`]: part('year'), [`${name}Month`]: part('month') };
}
