/** A design that Laurel brings. */
export interface BuiltInTemplate {
  readonly id: string;
  readonly title: string;
  readonly paper: 'A4' | 'Letter';
  readonly orientation: 'portrait' | 'landscape';
  /** BCP 47: the language of what is printed on it beside the slots. */
  readonly language: 'en' | 'ar';
  readonly mediaType: 'image/svg+xml';
  readonly source: string;
}
