import type { RefusalCode } from './refusal-codes.ts';

/** What a document that somebody presents holds: the text of its one credential, or why there is none to verify. */
export type PresentedCredential =
  | { readonly ok: true; readonly credential: string }
  | {
      readonly ok: false;
      /** For programs. */
      readonly code: RefusalCode;
      /** A sentence for a person, as the one of a token that is refused; it quotes nothing of the document. */
      readonly reason: string;
    };
