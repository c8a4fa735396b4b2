/** What came of asking for a document elsewhere. */
export type FetchedText =
  | { readonly ok: true; readonly text: string }
  /** `missing`: whoever answers there says that it is not there (404, 410). `too-large`: it was not read to its end. */
  | { readonly ok: false; readonly why: 'missing' | 'unreachable' | 'too-large' };

/**
 * Asks for a document at an address that a stranger named, an absolute https URL without a fragment. Whoever implements it looks at
 * where the address leads, and bounds time, size and number; it never throws for what is elsewhere.
 */
export type FetchText = (url: string) => Promise<FetchedText>;
