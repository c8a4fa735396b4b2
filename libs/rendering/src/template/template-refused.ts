import { isHarmful } from './is-harmful.ts';
import type { TemplateFinding } from './template-finding.ts';

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
    const harmful = findings.filter(({ rule, level }) => level === 'error' && isHarmful(rule));
    return harmful.length === 0 ? undefined : new TemplateRefused(harmful);
  }
}
