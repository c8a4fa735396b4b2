import { type ExplainedIssue, explainIssue } from './explain-issue.ts';
import type { FieldError } from './problem.ts';

/** An issue of Standard Schema 1.0, with what zod adds to it. */
export interface Issue extends ExplainedIssue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

const most = 50;

/**
 * Turns the issues of one parameter into field errors, at most 50: one for each unknown key, `missing` where there was no
 * value, and of a union the errors of the branch that was nearest. The sentences are ours. The value is only looked at, never
 * quoted.
 */
export function fieldErrors(
  issues: readonly Issue[],
  value: unknown,
  place: Pick<FieldError, 'in' | 'name'>,
): FieldError[] {
  return issues
    .flatMap((issue) => flatten(issue, [], place.in === 'body'))
    .slice(0, most)
    .map(({ path, code, message }) => {
      const isMissing = code !== 'unknown' && at(value, path) === undefined;
      return {
        ...place,
        pointer: path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
        code: isMissing ? 'missing' : code,
        detail: isMissing ? `is missing (${message})` : message,
      };
    });
}

interface Flat {
  readonly path: string[];
  readonly code: string;
  readonly message: string;
}

function flatten(issue: Issue, before: readonly string[], isJson: boolean): Flat[] {
  const path = [...before, ...(issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part))];
  if (issue.keys)
    return issue.keys.map((key) => ({ path: [...path, key], code: 'unknown', message: 'is not a known field' }));
  const branches = (issue.errors ?? []).filter((branch) => branch.length > 0);
  if (branches.length > 0) {
    const alternatives = branches.flatMap((branch) => branch.filter((each) => isOfType(each) && branch.length === 1));
    if (alternatives.length === branches.length) {
      const words = alternatives.map((each) => explainIssue(each, isJson).replace(/^must be /, ''));
      return [{ path, code: 'invalid_type', message: `must be ${[...new Set(words)].join(' or ')}` }];
    }
    const nearest = branches.reduce((best, branch) => (branch.length < best.length ? branch : best));
    return nearest.flatMap((inner) => flatten(inner, path, isJson));
  }
  return [{ path, code: issue.code ?? 'invalid', message: explainIssue(issue, isJson) }];
}

/** The value itself, and not something in it, is of another type. */
const isOfType = ({ code, path }: Issue) => code === 'invalid_type' && (path ?? []).length === 0;

function at(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
