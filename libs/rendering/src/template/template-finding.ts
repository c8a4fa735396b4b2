/** One reason why a template is refused, and where. */
export interface TemplateFinding {
  /** From 1; both are 1 where the whole file is meant. */
  readonly line: number;
  readonly column: number;
  readonly rule: TemplateRule;
  readonly reason: string;
  readonly advice: string;
}

export type TemplateRule =
  | 'kind'
  | 'size'
  | 'well-formed'
  | 'doctype'
  | 'script'
  | 'element'
  | 'external-reference'
  | 'data-type'
  | 'expansion'
  | 'unknown-slot'
  | 'slot-place'
  | 'qr';
