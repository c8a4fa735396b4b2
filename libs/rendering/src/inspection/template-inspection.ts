import type { TemplateFinding } from '../template/template-finding.ts';

/** What only a layout can tell of a template. */
export interface TemplateInspection {
  /** Beside those of checkTemplate, in the order of the file. */
  readonly findings: readonly TemplateFinding[];
  /** For the name and the titles: the longest that fits in each of some writing systems, first the one that fits least. */
  readonly longest: readonly LongestText[];
}

export interface LongestText {
  readonly slot: string;
  /** ISO 15924. */
  readonly script: string;
  /** An example of that length. */
  readonly text: string;
  /** As a reader counts them: a letter with its marks is one. */
  readonly characters: number;
}
