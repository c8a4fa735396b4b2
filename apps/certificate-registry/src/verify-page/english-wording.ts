import { Html } from './html.ts';
import type { PageWording } from './page-wording.ts';

const html = Html.of;

/** The public pages in English. The reasons are those that programs read, word for word. */
export const englishWording: PageWording = {
  name: 'English',
  verdicts: {
    valid: { title: 'Valid certificate', meaning: 'It is genuine and holds today.' },
    expired: { title: 'Expired certificate', meaning: 'It is genuine, but it no longer holds.' },
    'not-yet-valid': {
      title: 'Not valid yet',
      meaning: 'It is genuine, but it does not hold before its first day.',
    },
    revoked: { title: 'Revoked certificate', meaning: 'Do not accept it.' },
    suspended: { title: 'Suspended certificate', meaning: 'Do not accept it at present.' },
    superseded: {
      title: 'Replaced certificate',
      meaning: 'Do not accept this copy: a newer certificate took its place.',
    },
    tampered: { title: 'Altered certificate', meaning: 'Do not accept it.' },
    'unknown-issuer': { title: 'Unknown issuer', meaning: 'Do not accept it.' },
    unreadable: { title: 'Unreadable certificate', meaning: 'Do not accept it.' },
    'status-unknown': { title: 'State unknown', meaning: 'Nobody can tell here whether it still holds.' },
  },
  stamps: {
    expired: 'Expired',
    'not-yet-valid': 'Not valid yet',
    revoked: 'Revoked',
    suspended: 'Suspended',
    superseded: 'Replaced',
  },
  documents: {
    expired: 'The document as it was issued; it no longer holds.',
    'not-yet-valid': 'The document as it was issued; it does not hold yet.',
    revoked: 'The document as it was issued; it no longer holds.',
    suspended: 'The document as it was issued; it does not hold at present.',
    superseded: 'The document as it was issued; it no longer holds, a newer one took its place.',
  },
  reasons: {
    'in-force': 'It has been neither revoked, suspended nor replaced, and it has not expired.',
    'never-issued': 'It was never issued.',
    'status-unknown': 'Its state is not known here, so nobody can tell whether it was revoked.',
    tampered: 'What is kept here is not what was signed: it was changed afterwards.',
    unreadable: 'What is kept here cannot be read as a certificate.',
    'unknown-issuer': 'Its issuer, or the key of it, is not known here.',
    'not-yet-valid': (from) => html`It holds from ${from} on.`,
    expired: (on) => html`It expired on ${on}.`,
    'signature-holds': (issuer) => html`It is signed by ${issuer}, and nothing in it was changed.`,
    superseded: (on, by) =>
      by ? html`It was replaced on ${on} by certificate ${by}` : html`It was replaced on ${on} by a newer certificate`,
    revoked: (on) => html`Its issuer revoked it on ${on}`,
    suspended: (on, until) =>
      until ? html`Its issuer suspended it on ${on} until ${until}` : html`Its issuer suspended it on ${on}`,
  },
  stop: '.',
  certificate: 'Certificate',
  sharedDescription: 'Open the link to see whether this certificate holds today.',
  pictureAlt: (achievement, recipient) => `Certificate: ${achievement}, awarded to ${recipient}`,
  fullPicture: 'The picture in full size',
  successor: (number) => html`See ${number}, which replaced it`,
  award: 'Award',
  awardedTo: 'Awarded to',
  wasAwardedTo: 'Was awarded to',
  awardedFor: 'for',
  issuedBy: 'Issued by',
  issuedOn: 'Issued on',
  validUntil: 'Valid until',
  number: 'Number',
  downloads: 'Downloads',
  pdf: 'Download PDF',
  png: 'Picture (PNG)',
  svg: 'Drawing (SVG)',
  credential: 'Signed credential',
  linkedIn: 'Add to LinkedIn',
  pictureCarries: 'The picture carries the signed credential inside, for wallets and backpacks of Open Badges.',
  picturesCarry:
    'The picture and the drawing carry the signed credential inside, for wallets and backpacks of Open Badges.',
  checks: 'What was checked',
  pdfHash: 'SHA-256 of the PDF as it was issued:',
  checkedOn: (day, host) => html`Checked on ${day} at ${host}.`,
  openYourself: 'A picture or a print of this page proves nothing: open the address yourself.',
  whatToDo: 'What to do',
  languages: 'Language',
  unknown: {
    title: 'No such certificate',
    meaning: 'Nothing was issued under this address.',
    steps: [
      'Scan the QR code once more, or compare the address with the one on the certificate, letter by letter: capital and small letters differ.',
      'If the address is right, do not accept the certificate: ask whoever gave it to you for the original file.',
      'The issuer named on it can tell you whether it was ever issued.',
    ],
  },
  unavailable: {
    title: 'Cannot check right now',
    meaning: 'This says nothing about the certificate: it may well be valid.',
    steps: [
      'Try again in a minute: reload this page.',
      'If it stays like this, tell the issuer named on the certificate.',
    ],
  },
};
