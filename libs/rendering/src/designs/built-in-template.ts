/** A design that Laurel brings. */
export interface BuiltInTemplate {
  readonly id: string;
  readonly title: string;
  readonly mediaType: 'image/svg+xml';
  readonly source: string;
}
