/** The registered claims (RFC 7519) of a credential. */
export interface RegisteredClaims {
  readonly iss: string;
  readonly jti: string;
  readonly sub?: string;
  /** Seconds since 1970. */
  readonly nbf: number;
  readonly exp?: number;
}

/** What a token needs of a credential, whatever kind it is: those of achievements, and those of status lists. */
export interface SignableCredential {
  readonly id: string;
  readonly issuer: string | { readonly id: string };
  readonly validFrom: string;
  readonly validUntil?: string;
  readonly credentialSubject: { readonly id?: string };
}

/** The claims that the JWT profile of Open Badges 3.0 (section 8.2) derives from a credential. */
export function registeredClaims({
  id,
  issuer,
  validFrom,
  validUntil,
  credentialSubject,
}: SignableCredential): RegisteredClaims {
  return {
    iss: typeof issuer === 'string' ? issuer : issuer.id,
    jti: id,
    ...(credentialSubject.id === undefined ? {} : { sub: credentialSubject.id }),
    nbf: Math.floor(Date.parse(validFrom) / 1_000),
    ...(validUntil === undefined ? {} : { exp: Math.floor(Date.parse(validUntil) / 1_000) }),
  };
}
