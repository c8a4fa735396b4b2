/** One thing that speaks against a template, and where. */
export interface TemplateFinding {
  /** From 1; both are 1 where the whole file is meant. */
  readonly line: number;
  readonly column: number;
  readonly rule: TemplateRule;
  /** An `error` keeps a template from being published. An `advice` keeps nothing: the designer may have meant it so. */
  readonly level: 'error' | 'advice';
  readonly reason: string;
  readonly advice: string;
}

export type TemplateRule =
  | 'kind'
  | 'size'
  | 'encoding'
  | 'well-formed'
  | 'doctype'
  | 'script'
  | 'element'
  | 'style'
  | 'reserved'
  | 'external-reference'
  | 'data-type'
  | 'expansion'
  | 'cost'
  | 'number'
  | 'picture'
  | 'resolution'
  | 'font'
  | 'writing-system'
  | 'hidden-text'
  | 'small-text'
  | 'unknown-slot'
  | 'missing-slot'
  | 'slot-place'
  | 'repeat'
  | 'fit'
  | 'off-page'
  | 'overlap'
  | 'qr';
