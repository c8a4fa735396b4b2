import type { TemplateFinding } from './template-finding.ts';

/** Where something stands: the offset in the source, in UTF-16 units from 0. */
export interface MarkupAttribute {
  /** As it is written, with its prefix. */
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

export interface MarkupElement {
  /** In lower case, without a prefix. */
  readonly name: string;
  readonly space: 'svg' | 'html' | 'other';
  readonly at: number;
  readonly attributes: readonly MarkupAttribute[];
  readonly parent: MarkupElement | undefined;
}

export interface MarkupText {
  readonly value: string;
  readonly at: number;
  readonly parent: MarkupElement | undefined;
}

/** A template as the rules see it, whatever it is written in. Elements and texts stand in the order of the file. */
export interface Markup {
  readonly kind: 'svg' | 'html';
  readonly source: string;
  readonly elements: readonly MarkupElement[];
  readonly texts: readonly MarkupText[];
}

/** What a rule says: a finding whose place is an offset. */
export type Finding = Omit<TemplateFinding, 'line' | 'column' | 'level'> & {
  readonly at: number;
  readonly level?: 'advice';
};
