import type { TemplateFinding } from './template-finding.ts';

/** Where something stands: the offset in the source, in UTF-16 units from 0. */
export interface MarkupAttribute {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

export interface MarkupElement {
  /** In lower case, without a prefix. */
  readonly name: string;
  readonly at: number;
  readonly attributes: readonly MarkupAttribute[];
  readonly parent: MarkupElement | undefined;
}

/** A template as the rules see it, whatever it is written in. */
export interface Markup {
  readonly elements: readonly MarkupElement[];
  readonly texts: readonly {
    readonly value: string;
    readonly at: number;
    readonly parent: MarkupElement | undefined;
  }[];
}

/** What a rule says: a finding whose place is an offset. */
export type Finding = Omit<TemplateFinding, 'line' | 'column'> & { readonly at: number };
