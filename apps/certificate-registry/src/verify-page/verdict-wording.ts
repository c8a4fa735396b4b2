import type { Verdict } from '@laurel/certificates';

/** How a verdict is shown: in words, in a colour and by an icon, so that no one of them is needed alone. */
export interface VerdictWording {
  readonly title: string;
  /** What it means for whoever holds the paper in their hands. */
  readonly meaning: string;
  /** What has become of the certificate whose document is offered; left out where there is nothing to warn of. */
  readonly standing?: string;
  /** Stands across the picture of a certificate that is not to be accepted as it looks. */
  readonly stamp?: string;
  readonly tone: 'good' | 'past' | 'bad' | 'unknown';
  readonly icon: 'check' | 'cross' | 'clock' | 'pause' | 'arrow' | 'question';
}

/** The words of the verify page. */
export const verdictWording: Readonly<Record<Verdict, VerdictWording>> = {
  valid: { title: 'Valid certificate', meaning: 'It is genuine and holds today.', tone: 'good', icon: 'check' },
  expired: {
    title: 'Expired certificate',
    meaning: 'It is genuine, but it no longer holds.',
    standing: 'it no longer holds',
    stamp: 'Expired',
    tone: 'past',
    icon: 'clock',
  },
  'not-yet-valid': {
    title: 'Not valid yet',
    meaning: 'It is genuine, but it does not hold before its first day.',
    standing: 'it does not hold yet',
    stamp: 'Not valid yet',
    tone: 'past',
    icon: 'clock',
  },
  revoked: {
    title: 'Revoked certificate',
    meaning: 'Do not accept it.',
    standing: 'it no longer holds',
    stamp: 'Revoked',
    tone: 'bad',
    icon: 'cross',
  },
  suspended: {
    title: 'Suspended certificate',
    meaning: 'Do not accept it at present.',
    standing: 'it does not hold at present',
    stamp: 'Suspended',
    tone: 'past',
    icon: 'pause',
  },
  superseded: {
    title: 'Replaced certificate',
    meaning: 'Do not accept this copy: a newer certificate took its place.',
    standing: 'it no longer holds, a newer one took its place',
    stamp: 'Replaced',
    tone: 'past',
    icon: 'arrow',
  },
  tampered: { title: 'Altered certificate', meaning: 'Do not accept it.', tone: 'bad', icon: 'cross' },
  'unknown-issuer': { title: 'Unknown issuer', meaning: 'Do not accept it.', tone: 'bad', icon: 'question' },
  unreadable: { title: 'Unreadable certificate', meaning: 'Do not accept it.', tone: 'bad', icon: 'question' },
  'status-unknown': {
    title: 'State unknown',
    meaning: 'Nobody can tell here whether it still holds.',
    tone: 'unknown',
    icon: 'question',
  },
};
