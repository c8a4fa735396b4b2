import { Problem } from '../problems/problem.ts';

/**
 * 401 with the challenge of RFC 6750, section 3. Without a reason there was no token, and then the challenge carries no
 * error code. Reasons are fixed sentences of ASCII without quotes: they stand in a header.
 */
export function unauthorized(reason?: string): Problem {
  const challenge = 'Bearer realm="laurel"';
  return new Problem(401, {
    code: reason === undefined ? 'token-missing' : 'token-invalid',
    detail: reason ?? 'This route needs a token: send Authorization: Bearer <access token>.',
    headers: {
      'www-authenticate':
        reason === undefined ? challenge : `${challenge}, error="invalid_token", error_description="${reason}"`,
    },
  });
}
