/** How often one address may call the public routes of one process. */
export interface PublicLimits {
  readonly readsPerMinute: number;
  /** Of these each costs us a signature or a document. */
  readonly postsPerMinute: number;
}
