import type { Verdict } from '@laurel/certificates';
import type { Html } from './html.ts';

/** The verdicts on what is genuine, but not to be accepted as it looks. */
export type PassedVerdict = 'expired' | 'not-yet-valid' | 'revoked' | 'suspended' | 'superseded';

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
    readonly 'not-yet-valid': (from: Html) => Html;
    readonly expired: (on: Html) => Html;
    readonly 'signature-holds': (issuer: Html) => Html;
    readonly superseded: (on: Html, by: Html | undefined) => Html;
    readonly revoked: (on: Html) => Html;
    readonly suspended: (on: Html, until: Html | undefined) => Html;
  };
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
  readonly unknown: Message;
  readonly unavailable: Message;
}
