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
    'compromised-key': 'The key that signed it was stolen, and nobody can tell whether it was signed before.',
    'not-yet-valid': (from) => html`It holds from ${from} on.`,
    expired: (on) => html`It expired on ${on}.`,
    'signature-holds': (issuer) => html`It is signed by ${issuer}, and nothing in it was changed.`,
    superseded: (on, by) =>
      by ? html`It was replaced on ${on} by certificate ${by}` : html`It was replaced on ${on} by a newer certificate`,
    revoked: (on) => html`Its issuer revoked it on ${on}`,
    suspended: (on, until) =>
      until ? html`Its issuer suspended it on ${on} until ${until}` : html`Its issuer suspended it on ${on}`,
  },
  presentedReasons: {
    'no-certificate': 'This is no signed certificate.',
    'not-understood':
      'It is written in a way that can be read differently, or that is not understood here, so it is not judged.',
    'too-large': 'It is larger than any certificate that is verified here.',
    'cut-off': 'The file ends before it is complete.',
    'not-as-issued': 'The file is not as it was issued: another program has saved it, or it is something else.',
    several: 'The file holds more than one signed certificate.',
    'no-such-certificate':
      'No certificate was issued under this address: compare it with the QR code, letter by letter.',
    altered: 'The signature does not fit what it says: something in it was changed.',
    'wrong-key': 'The key that signed it is none with which its issuer may sign certificates.',
    'not-listed': 'Its issuer is not on the list of those that are trusted here.',
    'no-keys': 'There is no key of its issuer by which its signature can be checked.',
    'foreign-address': 'Its address is not one of ours, so its state is not known here: open it only if you trust it.',
    unreachable: 'What its issuer publishes could not be fetched just now.',
    'list-unusable':
      'The list of what its issuer has revoked cannot be relied on, so nobody can tell whether it was revoked.',
    'no-status': 'It has not expired; its issuer does not tell whether it revokes any.',
    'revoked-once': 'Its issuer revoked it.',
    'suspended-once': 'Its issuer suspended it.',
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
  checkAnother: 'Check another certificate',
  compare:
    'What was checked is the signed credential. Compare it with what you were given: only what stands here is signed.',
  withheld: {
    name: 'The issuer does not show the name here.',
    initials: 'The issuer shows only the initials here.',
    documents: 'The issuer does not show the documents here: ask the holder for them, or the issuer.',
  },
  trust: {
    heading: 'Who the issuer is',
    listed: (name) => html`The issuer is on the list of those that are trusted here, as ${name}.`,
    unlisted:
      'The issuer is not on the list of those that are trusted here. Anybody can take any name, so a signature alone does not tell who it is.',
  },
  advice: {
    tampered: [
      'Do not accept it: ask whoever gave it to you for the original file, or for the address of its page.',
      'The issuer named on it can tell you whether they issued it.',
    ],
    'unknown-issuer': [
      'Ask the issuer named on it whether they issued it, at an address that you know from elsewhere.',
      'Until they have answered, do not accept it.',
    ],
    unreadable: [
      'Choose the PDF, the picture or the credential just as it was downloaded: a photograph, a scan, or a file that another program has saved cannot be checked.',
      'Or scan the QR code on the certificate.',
    ],
    'status-unknown': ['Try again later.', 'If it stays like this, ask the issuer named on it whether it still holds.'],
  },
  form: {
    title: 'Check a certificate',
    meaning: 'Paste it or choose its file. Nothing of it is kept.',
    text: 'The certificate, or its address',
    textHint: 'The address in its QR code, or the signed credential (JSON or JWT)',
    file: 'Or its file',
    fileHint: 'PDF, picture (PNG), JSON or JWT, as it was downloaded; at most 5 MB',
    check: 'Check it',
    others: 'Certificates of other issuers can be checked here too.',
    faults: {
      empty: 'Nothing arrived: paste a certificate or its address, or choose a file.',
      both: 'A text and a file arrived: send only one of them.',
      large: 'This is larger than 5 MB, so it was not read: choose the file as it was downloaded.',
      kind: 'This file is no PDF, PNG, JSON or JWT: choose the certificate as it was downloaded, not a photograph or a scan of it.',
      broken: 'What arrived is not this form, or not all of it: fill it in once more.',
    },
  },
  busy: {
    title: 'Wait a moment',
    meaning: 'Very many checks came from your address. This says nothing about the certificate.',
    steps: ['Try again in a minute.'],
  },
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
