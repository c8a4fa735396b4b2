import type { TemplateFinding, TemplateRule } from './template-finding.ts';

/** What a template is refused for even to be tried out; a missing QR code or an unknown slot only keeps it from being published. */
const HARMFUL = new Set<TemplateRule>([
  'kind',
  'size',
  'well-formed',
  'doctype',
  'script',
  'element',
  'external-reference',
  'data-type',
  'expansion',
]);

/** A template that the browser must not see. */
export class TemplateRefused extends Error {
  override readonly name = 'TemplateRefused';
  readonly findings: readonly TemplateFinding[];

  constructor(findings: readonly TemplateFinding[]) {
    super(findings.map(({ line, column, reason, advice }) => `${line}:${column} ${reason} ${advice}`).join('\n'));
    this.findings = findings;
  }

  /** The harmful ones among all findings. */
  static of(findings: readonly TemplateFinding[]): TemplateRefused | undefined {
    const harmful = findings.filter(({ rule }) => HARMFUL.has(rule));
    return harmful.length === 0 ? undefined : new TemplateRefused(harmful);
  }
}
