import { tenantId } from '@laurel/contracts';
import type { JWTPayload } from 'jose';
import type { Caller } from './caller.ts';
import { forbidden } from './forbidden.ts';
import { readClaim } from './read-claim.ts';
import { type Role, roles } from './role.ts';
import { unauthorized } from './unauthorized.ts';

/** Where a token says what, and what stands in for a tenant that it does not name. */
export interface ClaimNames {
  readonly TENANT_CLAIM: string;
  readonly ROLES_CLAIM: string;
  readonly DEFAULT_TENANT?: string | undefined;
}

/**
 * Reads the caller from the claims of a valid token. Roles that Laurel does not know are left out.
 * Throws 401 without a subject, 403 when the tenant claim holds something else than one tenant id.
 */
export function callerOf(claims: JWTPayload, kind: Caller['kind'], names: ClaimNames): Caller {
  const subject = claims.sub ?? claims['client_id'];
  if (typeof subject !== 'string' || subject === '') throw unauthorized('The token has no sub claim');
  const given = readClaim(claims, names.TENANT_CLAIM) ?? (kind === 'user' ? names.DEFAULT_TENANT : undefined);
  const tenant = given === undefined || given === '' ? undefined : tenantId.safeParse(given);
  if (tenant && !tenant.success) {
    throw forbidden(
      'tenant-invalid',
      `The claim ${names.TENANT_CLAIM} of the token is not one tenant id (2 to 40 of a-z, 0-9, -).`,
    );
  }
  return {
    subject,
    kind,
    ...(tenant ? { tenantId: tenant.data } : {}),
    roles: rolesIn(readClaim(claims, names.ROLES_CLAIM)),
  };
}

function rolesIn(claim: unknown): Role[] {
  const given: unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return roles.filter((role) => given.includes(role));
}
