import { Problem } from '@laurel/service-kit';

/** The 409 of what is not among our copies. Its event may still be on its way: the same call can succeed in a moment. */
export function notHeardOf(what: 'credential type' | 'template', field: string): Problem {
  return new Problem(409, {
    code: `unknown-${what.replace(' ', '-')}`,
    detail: `${field} names no published ${what} that is known here. If it was published just now, try again in a second; else publish it first.`,
    headers: { 'retry-after': '1' },
  });
}
