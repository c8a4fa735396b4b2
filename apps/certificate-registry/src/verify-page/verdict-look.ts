import type { Verdict } from '@laurel/certificates';

/** How a verdict looks beside its words: a colour and an icon, so that no one of the three is needed alone. */
export interface VerdictLook {
  readonly tone: 'good' | 'past' | 'bad' | 'unknown';
  readonly icon: 'check' | 'cross' | 'clock' | 'pause' | 'arrow' | 'question';
}

/** The colours and icons of the verify page. */
export const verdictLook: Readonly<Record<Verdict, VerdictLook>> = {
  valid: { tone: 'good', icon: 'check' },
  expired: { tone: 'past', icon: 'clock' },
  'not-yet-valid': { tone: 'past', icon: 'clock' },
  revoked: { tone: 'bad', icon: 'cross' },
  suspended: { tone: 'past', icon: 'pause' },
  superseded: { tone: 'past', icon: 'arrow' },
  tampered: { tone: 'bad', icon: 'cross' },
  'unknown-issuer': { tone: 'bad', icon: 'question' },
  unreadable: { tone: 'bad', icon: 'question' },
  'status-unknown': { tone: 'unknown', icon: 'question' },
};
