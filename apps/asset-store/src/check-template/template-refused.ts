import { type FieldError, Problem } from '@laurel/service-kit';
import type { TemplateFinding } from './template-finding.ts';

/** What {@link templateRefused} says of each finding, beside what every wrong field says. */
interface FindingError extends FieldError, Pick<TemplateFinding, 'line' | 'column' | 'level' | 'advice'> {}

/** 422 with all findings, each in `errors` with line, column, level and advice: first what cannot stay, then what may be meant so, that one more upload is enough. */
export function templateRefused(findings: readonly TemplateFinding[]): Problem {
  const wrong = findings.filter(({ level }) => level === 'error');
  const named = wrong
    .slice(0, 3)
    .map(({ line, column, reason, advice }) => `line ${line}, column ${column}: ${reason} ${advice}`);
  const more = wrong.length > named.length ? ` And ${wrong.length - named.length} more.` : '';
  const advised = findings.filter(({ level }) => level === 'advice');
  const errors = [...wrong, ...advised].map(({ line, column, rule, level, reason, advice }): FindingError => ({
    ...{ in: 'body', pointer: '', code: rule, detail: `${reason} ${advice}` },
    ...{ line, column, level, advice },
  }));
  return new Problem(422, {
    code: 'template-refused',
    detail: `The design cannot be used; ${named.join(' ')}${more}`,
    errors,
  });
}
