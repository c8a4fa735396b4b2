import { Problem } from '../problems/problem.ts';

/** 503: the OpenID provider cannot be asked for its keys, so that nothing can be said about any token. Never a 401. */
export function providerUnavailable(cause: unknown): Problem {
  return new Problem(
    503,
    {
      code: 'identity-provider-unavailable',
      detail: 'The identity provider does not answer, so tokens cannot be checked; try again in a moment.',
      headers: { 'retry-after': '1' },
    },
    { cause },
  );
}
