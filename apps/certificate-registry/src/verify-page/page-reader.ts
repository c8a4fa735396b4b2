import type { Language } from './language.ts';

/** Who reads a page, where and when. */
export interface PageReader {
  /** Where this page stands. */
  readonly address: string;
  /** Where one presents what one has. */
  readonly form: string;
  readonly language: Language;
  /** Whether the address asks for the language; then the pages that this one leads to are asked for in it too. */
  readonly isAsked: boolean;
  /** The day of the check, which a printed page tells. */
  readonly now: Date;
  /** Whether the page answers what this reader sent. */
  readonly isAnswer?: boolean;
}
