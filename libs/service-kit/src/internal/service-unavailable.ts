import { TransientError } from '@laurel/messaging';

/**
 * Another service of Laurel, or the provider of the token for it, does not answer for now. Over HTTP it becomes a 503 problem
 * that names the service, with `Retry-After`; a consumer tries its record again.
 */
export class ServiceUnavailable extends TransientError {
  constructor(
    /** The service's name. */
    readonly service: string,
    /** Why, for the log: no secrets, no personal data. */
    reason: string,
    /** Seconds after which another try makes sense. */
    readonly retryAfter: number,
    options?: { readonly cause?: unknown },
  ) {
    super(service, reason, options);
  }
}
