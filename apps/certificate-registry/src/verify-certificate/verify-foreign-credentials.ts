import type { Reason, Verdict } from '@laurel/certificates';
import {
  checkForeignStatus,
  type ForeignCredential,
  foreignKeys,
  type ForeignStatus,
  verifyForeign,
} from '@laurel/credentials';
import { SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { RegistrySettings } from '../config.ts';
import { namesOfIssuer } from '../trusted-issuers/names-of-issuer.ts';
import { TrustedIssuerRepository } from '../trusted-issuers/trusted-issuer.repository.ts';
import { answerRefusal } from './answer-refusal.ts';
import { describeForeign } from './describe-foreign.ts';
import { ForeignDocuments } from './foreign-documents.ts';
import { signedBy } from './signed-by.ts';
import type { Verification } from './verification.ts';

/**
 * Tells whether a credential of an issuer elsewhere holds: its signature, the list of those who are trusted here, its status lists and its
 * dates. Who is not on that list is never valid here, whatever else is true.
 */
@Injectable()
export class VerifyForeignCredentials {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly trusted: TrustedIssuerRepository,
    private readonly documents: ForeignDocuments,
  ) {}

  /** @param issuer as the credential names it, of which nothing is believed yet */
  async verify(presented: string | object, issuer: string): Promise<Verification> {
    const entry = await this.trusted.find(namesOfIssuer(issuer));
    const list = `${this.settings.PUBLIC_URL}/v1/trusted-issuers`;
    const trust = { listed: entry !== undefined, ...(entry ? { name: entry.name } : {}), list };
    // A route that is open to all must not go wherever strangers want it to; a did:key leads nowhere.
    if (!entry && !this.settings.VERIFY_UNLISTED_ISSUERS && !issuer.startsWith('did:key:')) {
      const reason = 'its issuer is not on the list of those that are trusted here, and nobody else is asked';
      return { ...answerRefusal({ verdict: 'unknown-issuer', code: 'issuer-not-listed', reason }), trust };
    }
    const now = new Date();
    const fetch = this.documents.forOne();
    const keys = foreignKeys(fetch, now);
    const found = await verifyForeign(presented, keys);
    if (!found.ok) return { ...answerRefusal(found), trust };
    const { credential } = found;
    const certificate = describeForeign(credential);
    const signed = signedBy(certificate.issuer.name === '' ? 'its issuer' : certificate.issuer.name);
    if (!entry) {
      const message = 'Its issuer is not on the list of those that are trusted here: anybody can take any name.';
      return {
        verdict: 'unknown-issuer',
        reasons: [{ code: 'issuer-not-trusted', message }, signed],
        certificate,
        trust,
      };
    }
    const status = await checkForeignStatus(credential, { issuer, fetch, keys, now });
    const { verdict, reasons } = judge(credential, status, now);
    return { verdict, reasons: [...reasons, signed], certificate, trust };
  }
}

interface Finding extends Reason {
  readonly verdict: Verdict;
}

/** What somebody did to it outweighs what time did, and both what is not known: an expired one does not hold in any case. */
function judge(
  { validFrom, validUntil }: ForeignCredential,
  status: ForeignStatus,
  now: Date,
): { verdict: Verdict; reasons: Reason[] } {
  const findings: Finding[] = [];
  const find = (verdict: Verdict, code: string, message: string) => findings.push({ verdict, code, message });
  if (status.ok && status.state === 'revoked') find('revoked', 'revoked', 'Its issuer revoked it.');
  if (status.ok && status.state === 'suspended') find('suspended', 'suspended', 'Its issuer suspended it.');
  if (validFrom !== undefined && now < new Date(validFrom)) {
    find('not-yet-valid', 'not-yet-valid', `It holds from ${day(validFrom)} on.`);
  } else if (validUntil !== undefined && now >= new Date(validUntil)) {
    find('expired', 'expired', `It expired on ${day(validUntil)}.`);
  }
  if (!status.ok) findings.push({ ...answerRefusal(status).reasons[0], verdict: status.verdict } as Finding);
  const [first] = findings;
  if (first) return { verdict: first.verdict, reasons: findings.map(({ verdict: _, ...reason }) => reason) };
  const inForce =
    status.ok && status.state === 'none'
      ? { code: 'no-status', message: 'It has not expired; its issuer does not tell whether it revokes any.' }
      : { code: 'in-force', message: 'It has been neither revoked nor suspended, and it has not expired.' };
  return { verdict: 'valid', reasons: [inForce] };
}

const day = (instant: string) =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(instant),
  );
