import { Problem } from '../problems/problem.ts';

/** 403 for a valid token that does not reach this far. `detail` says what would. */
export function forbidden(
  code: 'role-missing' | 'tenant-missing' | 'tenant-invalid' | 'wrong-tenant',
  detail: string,
): Problem {
  return new Problem(403, {
    code,
    detail,
    headers: { 'www-authenticate': 'Bearer realm="laurel", error="insufficient_scope"' },
  });
}
