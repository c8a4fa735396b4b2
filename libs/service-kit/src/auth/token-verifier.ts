import { type JWTPayload, type JWTVerifyGetKey, errors, jwtVerify } from 'jose';
import { Problem } from '../problems/problem.ts';
import { internalAudience } from './internal-audience.ts';
import { unauthorized } from './unauthorized.ts';

// Asymmetric only: with a MAC the provider's public key would be a signing key for everybody.
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const toleratedSeconds = 30;

/** Checks access tokens: JWTs (RFC 7519, RFC 9068) of one issuer. */
export class TokenVerifier {
  constructor(
    private readonly issuer: string,
    private readonly audience: string,
    private readonly findKey: JWTVerifyGetKey,
  ) {}

  /**
   * Answers the claims of a valid token: signature, issuer, audience, `exp` and `nbf` with 30 s for clocks that differ. A
   * token is for people and machines of a tenant or for calls between services, never for both.
   * Throws the 401 that says what is wrong, or a 503 when the provider's keys cannot be had.
   */
  async verify(token: string, use: 'api' | 'internal'): Promise<JWTPayload> {
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, this.findKey, {
        issuer: this.issuer,
        algorithms,
        clockTolerance: toleratedSeconds,
        requiredClaims: ['exp', 'aud'],
      }));
    } catch (error) {
      throw error instanceof Problem ? error : unauthorized(reasonOf(error));
    }
    const audiences = [payload.aud ?? []].flat();
    const isInternal = audiences.includes(internalAudience);
    if (use === 'internal' && !isInternal) {
      throw unauthorized(
        `The token is not for this route, which only services may call: its audience is not ${internalAudience}`,
      );
    }
    if (use === 'api' && (isInternal || !audiences.includes(this.audience))) {
      throw unauthorized(`The token is not for this API: its audience is not ${this.audience}`);
    }
    return payload;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired: get a new one';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return 'The token is of another issuer than the one that this installation trusts';
    if (error.claim === 'nbf') return 'The token is not valid yet';
    if (error.reason === 'missing') return `The token has no ${error.claim} claim`;
    return `The claim ${error.claim} of the token is not valid`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is signed with an algorithm that is not accepted';
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'The token is signed with a key that the issuer does not publish';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is wrong';
  return 'The token is not a signed JWT';
}
