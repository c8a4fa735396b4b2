import { type JWTVerifyGetKey, createRemoteJWKSet, errors } from 'jose';
import { providerMetadata } from './provider-metadata.ts';
import { providerUnavailable } from './provider-unavailable.ts';

const timeout = 5_000;
const metadataAge = 3_600_000;
const pause = 1_000;

// What a token can cause; anything else that fails while a key is looked up is the provider's.
const faultsOfTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/**
 * The public keys of one OpenID provider. Its metadata (OpenID Connect Discovery 1.0, section 4) are fetched when the first
 * token comes, and again after an hour; keys are kept for ten minutes, and fetched before that when a token names
 * an unknown one, at most every five seconds. After a failure the provider is left alone for a second.
 */
export class SigningKeys {
  private uri: string | undefined;
  private keys: JWTVerifyGetKey | undefined;
  private readAt = -Infinity;
  private failedAt = -Infinity;
  private failure: unknown;
  private reading: Promise<JWTVerifyGetKey> | undefined;

  /** `pauseAfterFailure` in milliseconds. */
  constructor(
    private readonly issuer: string,
    private readonly pauseAfterFailure = pause,
  ) {}

  /** Finds the key of one token. Throws a {@link providerUnavailable} problem, or jose's error about the token. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.current();
    try {
      return await keys(header, token);
    } catch (error) {
      if (faultsOfTheToken.some((fault) => error instanceof fault)) throw error;
      throw providerUnavailable(error);
    }
  };

  private async current(): Promise<JWTVerifyGetKey> {
    const now = performance.now();
    if (this.keys && now - this.readAt < metadataAge) return this.keys;
    if (now - this.failedAt < this.pauseAfterFailure) return this.old(this.failure);
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    try {
      return await this.reading;
    } catch (error) {
      this.failedAt = performance.now();
      this.failure = error;
      return this.old(error);
    }
  }

  /** Old metadata still tell where the keys are; whether the keys are fresh is checked apart from them. */
  private old(failure: unknown): JWTVerifyGetKey {
    if (this.keys) return this.keys;
    throw providerUnavailable(failure);
  }

  private async read(): Promise<JWTVerifyGetKey> {
    const { jwks_uri: uri } = await providerMetadata(this.issuer);
    if (!this.keys || uri !== this.uri) {
      this.uri = uri;
      this.keys = createRemoteJWKSet(new URL(uri), {
        timeoutDuration: timeout,
        cooldownDuration: 5_000,
        cacheMaxAge: 600_000,
      });
    }
    this.readAt = performance.now();
    return this.keys;
  }
}
