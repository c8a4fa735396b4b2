import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  claimedNames,
  type Credential,
  credentialOfPdf,
  credentialOfPng,
  didWebOf,
  type FindKey,
  type VerifyOptions,
  verifyCredential,
} from '@laurel/credentials';
import { LOGGER, type Logger, type RawContent, SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { RegistrySettings } from '../config.ts';
import { IssuerKeyRepository } from '../issuers/issuer-key.repository.ts';
import { KnownTerms } from '../known-assets/known-terms.ts';
import { asTenantShows } from '../known-tenants/as-tenant-shows.ts';
import { answerRefusal } from './answer-refusal.ts';
import { describeCredential } from './describe-credential.ts';
import { judgeStored } from './judge-stored.ts';
import { PublicCertificateRepository, type PublicRow } from './public-certificate.repository.ts';
import { signedBy } from './signed-by.ts';
import type { Verification } from './verification.ts';
import { VerifyForeignCredentials } from './verify-foreign-credentials.ts';

const stolen = {
  verdict: 'tampered',
  code: 'compromised-key',
  reason: 'the key that signed it was stolen, and nobody can tell whether it was signed before',
} as const;

/**
 * Tells whether a certificate holds: first its signature, by the public keys of its issuer, then its state and its dates.
 * What of ours cannot be looked up is thrown; an outage never makes an invalid certificate.
 */
@Injectable()
export class VerifyCertificates {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly certificates: PublicCertificateRepository,
    private readonly keys: IssuerKeyRepository,
    private readonly terms: KnownTerms,
    private readonly foreign: VerifyForeignCredentials,
  ) {}

  /** @returns undefined where no certificate was issued under this id */
  async byPublicId(publicId: string): Promise<Verification | undefined> {
    const row = await this.certificates.find(publicId);
    return row && asTenantShows(await this.stored(row), row.public_data);
  }

  /** @param content a PDF, a baked PNG, or a credential as it was downloaded, from whomever */
  async byDocument({ mediaType, bytes }: Pick<RawContent, 'mediaType' | 'bytes'>): Promise<Verification> {
    if (mediaType !== 'application/pdf' && mediaType !== 'image/png') return this.byFile(bytes);
    const found = mediaType === 'application/pdf' ? credentialOfPdf(bytes) : credentialOfPng(bytes);
    return found.ok ? this.byCredential(found.credential) : answerRefusal({ verdict: 'unreadable', ...found });
  }

  /** @param text a credential, or what a QR code says, from whomever */
  async byText(text: string): Promise<Verification> {
    if (!/^https?:/i.test(text)) return this.byCredential(text);
    const before = `${this.settings.PUBLIC_URL}/v/`;
    // To the letter: whatever a browser would make the same of it, our QR codes say it in one way only.
    if (!text.startsWith(before)) {
      const reason = 'its address is not one of ours, so its state is not known here; open it only if you trust it';
      return answerRefusal({ verdict: 'status-unknown', code: 'foreign-address', reason });
    }
    const found = await this.byPublicId(text.slice(before.length));
    if (found) return found;
    const reason = 'no certificate was issued under its address; compare it with the QR code, letter by letter';
    return answerRefusal({ verdict: 'unreadable', code: 'no-such-certificate', reason });
  }

  /** @param presented a VC-JWT or JSON with its proof inside, from whomever */
  async byCredential(presented: string | object): Promise<Verification> {
    const { id, issuer } = claimedNames(presented);
    // What names nobody is told what is wrong with it as ours are.
    if (issuer !== undefined && !issuer.startsWith(didWebOf(this.settings.PUBLIC_URL, ''))) {
      return this.foreign.verify(presented, issuer);
    }
    const isToken = typeof presented === 'string' && !presented.startsWith('{');
    const own = isToken ? await this.claimed(id, presented) : undefined;
    if (own) return asTenantShows(await this.stored(own), own.public_data, true);
    const found = await this.verify(presented, { skipsProof: true });
    if (!found.ok) return answerRefusal(found);
    const { credential } = found;
    const row = await this.rowOf(credential);
    // The bytes that were issued need no more; what only looks like them has to hold by both of its signatures.
    const proven = isToken && presented !== row?.credential ? await this.verify(presented) : found;
    if (!proven.ok) return answerRefusal(proven);
    if (found.compromisedAt) {
      const isStored = row && (isToken ? presented === row.credential : await this.isContent(row, credential));
      if (!isStored) return answerRefusal(stolen);
    }
    // A proof covers neither the order nor the writing of what JSON says, so the stored one is told.
    if (row) {
      const told =
        !isToken || found.compromisedAt
          ? await this.stored(row, found.compromisedAt)
          : judgeStored(row, credential, this.settings.PUBLIC_URL, new Date());
      return asTenantShows(told, row.public_data, true);
    }
    return {
      verdict: 'status-unknown',
      reasons: [
        { code: 'status-unknown', message: 'Its state is not known here, so nobody can tell whether it was revoked.' },
        signedBy(credential.issuer.name),
      ],
      certificate: describeCredential(credential),
    };
  }

  private async byFile(bytes: Buffer): Promise<Verification> {
    try {
      return await this.byCredential(new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim());
    } catch (error) {
      if (!(error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')) {
        throw error;
      }
      return answerRefusal({ verdict: 'unreadable', code: 'not-json', reason: 'it is not UTF-8' });
    }
  }

  /** @param compromisedAt when a key was stolen by which this one was presented; a key of what is stored counts by itself */
  private async stored(row: PublicRow, compromisedAt?: Date): Promise<Verification> {
    const found = await verifyCredential(row.credential, keyOf(row), { skipsProof: true });
    const isStored = createHash('sha256').update(row.credential).digest('hex') === row.credential_sha256;
    if (!found.ok || !isStored || !found.credential.id.endsWith(`/v/${row.public_id}`)) {
      // Nobody but an intruder or a fault changes what is stored.
      this.logger.fatal({ certificateId: row.id }, 'A stored credential is not what was issued');
      const verdict = found.ok ? 'tampered' : found.verdict;
      const reason = found.ok ? 'the stored credential is not the one that was issued' : found.reason;
      // How exactly what we keep was damaged is for the log; the page has words for the verdict.
      return answerRefusal({ verdict, code: verdict, reason });
    }
    if ([compromisedAt, found.compromisedAt].some((at) => at && at <= row.allocated_at)) return answerRefusal(stolen);
    return judgeStored(row, found.credential, this.settings.PUBLIC_URL, new Date());
  }

  /** Whether JSON says what the stored token does, proof included, member by member. */
  private async isContent(row: PublicRow, credential: Credential): Promise<boolean> {
    const found = await verifyCredential(row.credential, keyOf(row), { skipsProof: true });
    return found.ok && isDeepStrictEqual({ ...found.credential }, { ...credential });
  }

  /** The certificate whose very bytes a token has, found by what it says of itself. */
  private async claimed(id: string | undefined, token: string): Promise<PublicRow | undefined> {
    const before = `${this.settings.PUBLIC_URL}/v/`;
    const row = id?.startsWith(before) ? await this.certificates.find(id.slice(before.length)) : undefined;
    return row?.credential === token ? row : undefined;
  }

  private async rowOf({ id, issuer }: Credential): Promise<PublicRow | undefined> {
    const before = `${this.settings.PUBLIC_URL}/v/`;
    const row = id.startsWith(before) ? await this.certificates.find(id.slice(before.length)) : undefined;
    // The key of one issuer must not answer for a certificate of another.
    return row?.issuer_did === issuer.id ? row : undefined;
  }

  private verify(presented: string | object, options?: VerifyOptions): ReturnType<typeof verifyCredential> {
    return verifyCredential(presented, (kid, did) => this.keys.find(kid, did), {
      ...options,
      findTerms: (address) => this.terms.at(address),
    });
  }
}

/** Of what is stored one key counts: the one that its row names, of the issuer that its row names. */
const keyOf =
  (row: PublicRow): FindKey =>
  async (kid, did) => {
    if (kid !== row.key_kid || did !== row.issuer_did || row.key_public_jwk === null) return undefined;
    return { publicJwk: row.key_public_jwk, purpose: 'jwt', compromisedAt: row.key_compromised_at };
  };
