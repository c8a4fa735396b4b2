/** A picture that a slot shows, as the bytes of a file. */
export interface SlotImage {
  readonly mediaType: 'image/png' | 'image/jpeg' | (string & {});
  readonly bytes: Uint8Array;
}

/** A certificate design: the text of an SVG or HTML file, with the pictures that stand in its slots for every certificate. */
export interface TemplateSource {
  readonly mediaType: 'image/svg+xml' | 'text/html';
  readonly source: string;
  /** By the slot's name: `images.logo` or `signatories.0.signature`. They are the design's: a record's own picture of the same slot is not shown. */
  readonly images?: Readonly<Record<string, SlotImage>>;
}
