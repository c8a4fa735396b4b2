import type { Role } from './role.ts';

/** Who makes a request, as its token says. */
export interface Caller {
  /** The token's `sub`; of a service its client id. An id of a person: never log it. */
  readonly subject: string;
  /** `service` for a call from one Laurel service to another, on internal routes. */
  readonly kind: 'user' | 'service';
  /** The tenant that the request acts in; only an operator and a service may have none. */
  readonly tenantId?: string;
  readonly roles: readonly Role[];
}
