/** What tells one creating request from another. */
export interface IdempotentRequest {
  /** Whose key it is; empty for an operator without a tenant. */
  readonly tenantId: string;
  /** Method and pattern: `POST /courses/:courseId/batches`. */
  readonly route: string;
  /** The `Idempotency-Key`; undefined when the caller sent none, and then every request counts as a new one. */
  readonly key: string | undefined;
  /** SHA-256 over path, query and body: what a repeat has to be equal in. */
  readonly hash: Buffer;
}
