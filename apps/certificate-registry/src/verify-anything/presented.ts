/** What somebody presents: a text, or a document that holds a credential. */
export type Presented =
  { readonly text: string } | { readonly mediaType: 'application/pdf' | 'image/png'; readonly bytes: Buffer };
