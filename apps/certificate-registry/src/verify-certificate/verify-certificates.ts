import { createHash } from 'node:crypto';
import { judgeCertificate, publicLinks, type Reason } from '@laurel/certificates';
import {
  type Credential,
  credentialOfPdf,
  credentialOfPng,
  type RefusalCode,
  verifyCredential,
} from '@laurel/credentials';
import { LOGGER, type Logger, SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { RegistrySettings } from '../config.ts';
import { hasSvg } from '../download/has-svg.ts';
import { IssuerRepository } from '../issuers/issuer.repository.ts';
import { describeCredential } from './describe-credential.ts';
import { PublicCertificateRepository, type PublicRow } from './public-certificate.repository.ts';
import type { Verification, VerifiedCertificate } from './verification.ts';

/**
 * Tells whether a certificate holds: first its signature, by the public keys of its issuer, then its state and its dates.
 * What cannot be looked up is thrown; an outage never makes an invalid certificate.
 */
@Injectable()
export class VerifyCertificates {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly certificates: PublicCertificateRepository,
    private readonly issuers: IssuerRepository,
  ) {}

  /** @returns undefined where no certificate was issued under this id */
  async byPublicId(publicId: string): Promise<Verification | undefined> {
    const row = await this.certificates.find(publicId);
    if (!row) return undefined;
    const found = await this.verify(row.credential);
    const isStored = createHash('sha256').update(row.credential).digest('hex') === row.credential_sha256;
    if (!found.ok || !isStored || !found.credential.id.endsWith(`/v/${publicId}`)) {
      // Nobody but an intruder or a fault changes what is stored.
      this.logger.fatal({ certificateId: row.id }, 'A stored credential is not what was issued');
      const verdict = found.ok ? 'tampered' : found.verdict;
      const reason = found.ok ? 'the stored credential is not the one that was issued' : found.reason;
      // How exactly what we keep was damaged is for the log; the page has words for the verdict.
      return refusal({ verdict, code: verdict, reason });
    }
    return this.judge(row, found.credential);
  }

  /** @param bytes a PDF or a baked PNG, from whomever */
  async byDocument(mediaType: string, bytes: Buffer): Promise<Verification> {
    const found = mediaType === 'application/pdf' ? credentialOfPdf(bytes) : credentialOfPng(bytes);
    return found.ok ? this.byToken(found.credential) : refusal({ verdict: 'unreadable', ...found });
  }

  /** @param text a VC-JWT, or what a QR code says, from whomever */
  async byText(text: string): Promise<Verification> {
    if (!/^https?:/i.test(text)) return this.byToken(text);
    const before = `${this.settings.PUBLIC_URL}/v/`;
    // To the letter: whatever a browser would make the same of it, our QR codes say it in one way only.
    if (!text.startsWith(before)) {
      const reason = 'its address is not one of ours, so its state is not known here; open it only if you trust it';
      return refusal({ verdict: 'status-unknown', code: 'foreign-address', reason });
    }
    const found = await this.byPublicId(text.slice(before.length));
    if (found) return found;
    const reason = 'no certificate was issued under its address; compare it with the QR code, letter by letter';
    return refusal({ verdict: 'unreadable', code: 'no-such-certificate', reason });
  }

  /** @param token a VC-JWT, from whomever */
  async byToken(token: string): Promise<Verification> {
    const found = await this.verify(token);
    if (!found.ok) return refusal(found);
    const { credential } = found;
    const before = `${this.settings.PUBLIC_URL}/v/`;
    const row = credential.id.startsWith(before)
      ? await this.certificates.find(credential.id.slice(before.length))
      : undefined;
    // The key of one issuer must not answer for a certificate of another.
    if (row && row.issuer_did === credential.issuer.id) return this.judge(row, credential);
    return {
      verdict: 'status-unknown',
      reasons: [
        { code: 'status-unknown', message: 'Its state is not known here, so nobody can tell whether it was revoked.' },
        signed(credential),
      ],
      certificate: describeCredential(credential),
    };
  }

  private verify(token: string): ReturnType<typeof verifyCredential> {
    return verifyCredential(token, (kid, did) => this.issuers.publicKey(kid, did));
  }

  private judge(row: PublicRow, credential: Credential): Verification {
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
      new Date(),
    );
    return {
      verdict,
      reasons: [...reasons, signed(credential)],
      certificate: this.describe(row, credential),
    };
  }

  private describe(row: PublicRow, credential: Credential): VerifiedCertificate {
    const described = describeCredential(credential);
    const { PUBLIC_URL } = this.settings;
    const links = publicLinks(PUBLIC_URL, row.public_id);
    const successor = row.successor_public_id;
    return {
      ...described,
      id: row.id,
      publicId: row.public_id,
      number: row.number,
      issuer: { ...described.issuer, id: row.issuer_id },
      ...(row.state === 'issued' ? {} : { changedAt: row.state_changed_at.toISOString() }),
      ...(row.time_zone === null ? {} : { timeZone: row.time_zone }),
      ...(successor === null || row.successor_number === null
        ? {}
        : {
            supersededBy: {
              publicId: successor,
              number: row.successor_number,
              verify: publicLinks(PUBLIC_URL, successor).verify,
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
}

const signed = ({ issuer }: Credential): Reason => ({
  code: 'signature-holds',
  message: `It is signed by ${issuer.name}, and nothing in it was changed.`,
});

function refusal({ verdict, code, reason }: Refusal): Verification {
  return { verdict, reasons: [{ code, message: `${reason[0]?.toUpperCase() ?? ''}${reason.slice(1)}.` }] };
}

interface Refusal {
  readonly verdict: 'tampered' | 'unreadable' | 'unknown-issuer' | 'status-unknown';
  readonly code: RefusalCode | Refusal['verdict'];
  readonly reason: string;
}
