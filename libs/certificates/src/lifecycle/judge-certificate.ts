import type { CertificateState } from '../certificates/certificate-state.ts';

/** What a verifier is told. `valid` is the only good one. */
export type Verdict =
  | 'valid'
  | 'expired'
  | 'not-yet-valid'
  | 'revoked'
  | 'suspended'
  | 'superseded'
  | 'tampered'
  | 'unknown-issuer'
  | 'unreadable'
  | 'status-unknown';

/** One thing that speaks for or against a certificate. */
export interface Reason {
  /** Stable, for programs. */
  readonly code: string;
  /** A sentence for people. */
  readonly message: string;
  /** What the issuer wrote about it, which stands in the sentence too. */
  readonly words?: string;
  /** The instant at which a suspension ends. */
  readonly until?: string;
}

/** What its row and its signed dates say of a certificate whose signature holds. */
export interface CertificateFacts {
  readonly state: CertificateState;
  readonly stateReason: string | null;
  readonly stateChangedAt: Date;
  readonly suspendedUntil: Date | null;
  /** The number of the certificate that took its place. */
  readonly successor: string | null;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
}

/** The verdict, and every reason for it: the first one is the verdict's own. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
}

interface Finding extends Reason {
  readonly verdict: Verdict;
}

/**
 * Judges a certificate whose signature holds, at an instant. What somebody did to it outweighs what time did: a revoked one
 * that has also expired is revoked, and says both.
 */
export function judgeCertificate(facts: CertificateFacts, now: Date): Judgement {
  const findings = [ofState(facts, now), ofDates(facts, now)].filter((finding) => finding !== undefined);
  const reasons = findings.map(({ verdict: _, ...reason }) => reason);
  const [first] = findings;
  if (first) return { verdict: first.verdict, reasons };
  return {
    verdict: 'valid',
    reasons: [
      { code: 'in-force', message: 'It has been neither revoked, suspended nor replaced, and it has not expired.' },
    ],
  };
}

function ofState(facts: CertificateFacts, now: Date): Finding | undefined {
  const on = ` on ${day(facts.stateChangedAt)}`;
  switch (facts.state) {
    case 'issued':
      return undefined;
    case 'revoked':
      return { verdict: 'revoked', code: 'revoked', ...told(`Its issuer revoked it${on}`, facts) };
    case 'superseded': {
      const by = facts.successor === null ? 'a newer certificate' : `certificate ${facts.successor}`;
      return { verdict: 'superseded', code: 'superseded', message: `It was replaced${on} by ${by}.` };
    }
    case 'suspended': {
      const { suspendedUntil: end } = facts;
      // It ended by itself; that its row says so follows a moment later.
      if (end !== null && end <= now) return undefined;
      const until = end === null ? '' : ` until ${day(end)}`;
      return {
        verdict: 'suspended',
        code: 'suspended',
        ...told(`Its issuer suspended it${on}${until}`, facts),
        ...(end === null ? {} : { until: end.toISOString() }),
      };
    }
    case 'allocated':
    case 'failed':
    case 'withdrawn':
      return { verdict: 'status-unknown', code: 'never-issued', message: 'It was never issued.' };
  }
}

function ofDates({ validFrom, validUntil }: CertificateFacts, now: Date): Finding | undefined {
  if (now < validFrom) {
    return { verdict: 'not-yet-valid', code: 'not-yet-valid', message: `It holds from ${day(validFrom)} on.` };
  }
  if (validUntil !== null && now >= validUntil) {
    return { verdict: 'expired', code: 'expired', message: `It expired on ${day(validUntil)}.` };
  }
  return undefined;
}

function told(sentence: string, { stateReason }: CertificateFacts): Pick<Reason, 'message' | 'words'> {
  return stateReason === null
    ? { message: `${sentence}.` }
    : { message: `${sentence}: ${stateReason}`, words: stateReason };
}

/** The same for every reader, wherever they are. */
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const day = (date: Date) => dayFormat.format(date);
