import type { Verdict } from '@laurel/certificates';
import type { Html } from './html.ts';
import type { PresentedReason } from './presented-reason.ts';

/** The verdicts on what is genuine, but not to be accepted as it looks. */
export type PassedVerdict = 'expired' | 'not-yet-valid' | 'revoked' | 'suspended' | 'superseded';

/** The verdicts on what nobody here can vouch for. */
export type RefusedVerdict = 'tampered' | 'unknown-issuer' | 'unreadable' | 'status-unknown';

/** Why a form was not read: nothing or two things in it, too much of it, a file of no kind that is verified, or no form at all. */
export type FormFault = 'empty' | 'both' | 'large' | 'kind' | 'broken';

interface Message {
  readonly title: string;
  readonly meaning: string;
  readonly steps: readonly string[];
}

/**
 * Everything that the public pages say of their own, in one language. A sentence that one language lacks does not compile.
 * What goes into a sentence comes isolated, so that a name does not turn the order of the words around it.
 */
export interface PageWording {
  /** The language, in itself. */
  readonly name: string;
  /** `meaning` is for whoever holds the paper in their hands. */
  readonly verdicts: Readonly<Record<Verdict, { readonly title: string; readonly meaning: string }>>;
  /** Stands across the picture. */
  readonly stamps: Readonly<Record<PassedVerdict, string>>;
  /** Stands above the downloads, so that nobody takes a document for more than it is. */
  readonly documents: Readonly<Record<PassedVerdict, string>>;
  /** By code. Those of a state end without a stop: the words of the issuer may follow. */
  readonly reasons: {
    readonly 'in-force': string;
    readonly 'never-issued': string;
    readonly 'status-unknown': string;
    readonly tampered: string;
    readonly unreadable: string;
    readonly 'unknown-issuer': string;
    readonly 'compromised-key': string;
    readonly 'not-yet-valid': (from: Html) => Html;
    readonly expired: (on: Html) => Html;
    readonly 'signature-holds': (issuer: Html) => Html;
    readonly superseded: (on: Html, by: Html | undefined) => Html;
    readonly revoked: (on: Html) => Html;
    readonly suspended: (on: Html, until: Html | undefined) => Html;
  };
  /** Of what somebody presents: sentences of their own, each for several codes. */
  readonly presentedReasons: Readonly<Record<PresentedReason, string>>;
  readonly stop: string;
  readonly certificate: string;
  readonly sharedDescription: string;
  readonly pictureAlt: (achievement: string, recipient: string) => string;
  readonly fullPicture: string;
  readonly successor: (number: Html) => Html;
  readonly award: string;
  readonly awardedTo: string;
  readonly wasAwardedTo: string;
  readonly awardedFor: string;
  readonly issuedBy: string;
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly number: string;
  readonly downloads: string;
  readonly pdf: string;
  readonly png: string;
  readonly svg: string;
  readonly credential: string;
  readonly linkedIn: string;
  readonly pictureCarries: string;
  readonly picturesCarry: string;
  readonly checks: string;
  readonly pdfHash: string;
  readonly checkedOn: (day: Html, host: Html) => Html;
  readonly openYourself: string;
  readonly whatToDo: string;
  readonly languages: string;
  /** The way to the page where one presents what one has. */
  readonly checkAnother: string;
  /** Of what somebody presented: what surrounds a credential is not checked. */
  readonly compare: string;
  /** What a tenant does not show of its learners. */
  readonly withheld: { readonly name: string; readonly initials: string; readonly documents: string };
  /** Of issuers elsewhere. */
  readonly trust: {
    readonly heading: string;
    readonly listed: (name: Html) => Html;
    readonly unlisted: string;
  };
  /** What to do with what is refused. */
  readonly advice: Readonly<Record<RefusedVerdict, readonly string[]>>;
  readonly form: {
    readonly title: string;
    readonly meaning: string;
    readonly text: string;
    readonly textHint: string;
    readonly file: string;
    readonly fileHint: string;
    readonly check: string;
    readonly others: string;
    readonly faults: Readonly<Record<FormFault, string>>;
  };
  /** For an address that asks too often. */
  readonly busy: Message;
  readonly unknown: Message;
  readonly unavailable: Message;
}
