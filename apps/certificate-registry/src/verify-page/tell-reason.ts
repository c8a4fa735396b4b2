import type { Verification } from '../verify-certificate/verification.ts';
import { formatDay } from './format-day.ts';
import { Html } from './html.ts';
import type { Language } from './language.ts';
import { presentedReason } from './presented-reason.ts';
import { wordingOf } from './wording-of.ts';

const html = Html.of;

type Told = Pick<Verification, 'reasons' | 'certificate'>;

/**
 * A reason as people read it in the language of the page, by its code; the issuer's own words stay as they were written.
 * One that has no words yet is told in English, as programs read it.
 */
export function tellReason(
  { code, message, words, until: end }: Told['reasons'][number],
  certificate: Told['certificate'],
  language: Language,
): Html {
  const { reasons, presentedReasons, stop } = wordingOf[language];
  const on = (instant: string | undefined, zone = certificate?.timeZone): Html | undefined =>
    instant === undefined ? undefined : html`<bdi>${formatDay(new Date(instant), zone, language)}</bdi>`;
  const changed = on(certificate?.changedAt);
  const from = on(certificate?.validFrom);
  const until = on(certificate?.validUntil);
  const fallback = html`<span lang="en" dir="auto">${message}</span>`;
  const withWords = (sentence: Html): Html => {
    return words === undefined ? html`${sentence}${stop}` : html`${sentence}: <bdi class="words">${words}</bdi>`;
  };
  switch (code) {
    case 'in-force':
    case 'never-issued':
    case 'status-unknown':
    case 'tampered':
    case 'unreadable':
    case 'unknown-issuer':
    case 'compromised-key':
      return html`${reasons[code]}`;
    case 'not-yet-valid':
      return from ? reasons[code](from) : fallback;
    case 'expired':
      return until ? reasons[code](until) : fallback;
    case 'signature-holds':
      return certificate ? reasons[code](html`<bdi>${certificate.issuer.name}</bdi>`) : fallback;
    case 'superseded': {
      const successor = certificate?.supersededBy?.number;
      const by = successor === undefined ? undefined : html`<bdi>${successor}</bdi>`;
      return changed ? html`${reasons[code](changed, by)}${stop}` : fallback;
    }
    case 'revoked':
      // Lists of issuers elsewhere do not say when.
      return changed ? withWords(reasons[code](changed)) : html`${presentedReasons['revoked-once']}`;
    case 'suspended':
      return changed ? withWords(reasons[code](changed, on(end, 'UTC'))) : html`${presentedReasons['suspended-once']}`;
    default: {
      const known = presentedReason(code);
      return known ? html`${presentedReasons[known]}` : fallback;
    }
  }
}
