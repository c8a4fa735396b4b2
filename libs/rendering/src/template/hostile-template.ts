import type { TemplateRule } from './template-finding.ts';

/** A template that means harm, and what the check has to say of it. */
export interface HostileTemplate {
  readonly name: string;
  readonly tries: string;
  readonly mediaType: 'image/svg+xml' | 'text/html';
  readonly source: string;
  /** What it is refused for; undefined if it is harmless as it stands, and prints. */
  readonly rule: TemplateRule | undefined;
  readonly line: number;
}
