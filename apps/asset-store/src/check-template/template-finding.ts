import { type FieldError, Problem } from '@laurel/service-kit';

/** One thing in a design that cannot stay. */
export interface TemplateFinding {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Stable, for programs: `script`. */
  readonly rule: string;
  readonly reason: string;
  /** What to do. */
  readonly advice: string;
}

/** What {@link templateRefused} says of each finding, beside what every wrong field says. */
interface FindingError extends FieldError, Pick<TemplateFinding, 'line' | 'column' | 'advice'> {}

/** 422 with all findings, each in `errors` with line, column and advice. */
export function templateRefused(findings: readonly TemplateFinding[]): Problem {
  const named = findings
    .slice(0, 3)
    .map(({ line, column, reason, advice }) => `line ${line}, column ${column}: ${reason} ${advice}`);
  const more = findings.length > named.length ? ` And ${findings.length - named.length} more.` : '';
  const errors = findings.map(({ line, column, rule, reason, advice }): FindingError => ({
    ...{ in: 'body', pointer: '', code: rule, detail: `${reason} ${advice}` },
    ...{ line, column, advice },
  }));
  return new Problem(422, {
    code: 'template-refused',
    detail: `The design cannot be used; ${named.join(' ')}${more}`,
    errors,
  });
}
