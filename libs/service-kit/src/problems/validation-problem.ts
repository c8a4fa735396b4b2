import { type FieldError, Problem } from './problem.ts';

/** 400 for a request with wrong fields: the sentence names the first three, `errors` all of them. */
export function validationProblem(errors: readonly FieldError[]): Problem {
  const named = errors.slice(0, 3).map(({ in: place, name, pointer, detail }) => {
    const parameter = name === undefined ? place : `${place} ${name}`;
    return `${parameter}${pointer === '' ? '' : ` ${pointer}`}: ${detail}`;
  });
  const more = errors.length > named.length ? `; and ${errors.length - named.length} more` : '';
  return new Problem(400, { code: 'validation', detail: `${named.join('; ')}${more}.`, errors });
}
