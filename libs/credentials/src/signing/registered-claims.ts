import type { Credential } from '../credential/credential.ts';

/** The registered claims (RFC 7519) of a credential. */
export interface RegisteredClaims {
  readonly iss: string;
  readonly jti: string;
  readonly sub?: string;
  /** Seconds since 1970. */
  readonly nbf: number;
  readonly exp?: number;
}

/** The claims that the JWT profile of Open Badges 3.0 (section 8.2) derives from a credential. */
export function registeredClaims({
  id,
  issuer,
  validFrom,
  validUntil,
  credentialSubject,
}: Credential): RegisteredClaims {
  return {
    iss: issuer.id,
    jti: id,
    ...(credentialSubject.id === undefined ? {} : { sub: credentialSubject.id }),
    nbf: Math.floor(Date.parse(validFrom) / 1_000),
    ...(validUntil === undefined ? {} : { exp: Math.floor(Date.parse(validUntil) / 1_000) }),
  };
}
