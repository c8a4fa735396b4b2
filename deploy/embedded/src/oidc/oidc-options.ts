import type { Report } from '../report.ts';

/** How `startOidc` starts an OIDC server. */
export interface OidcOptions {
  /** Its keys, the secrets of its clients, its log. The same folder gives the same keys again: tokens stay valid. */
  folder: string;
  port: number;
  /** The address that stands in tokens, when it is not http://127.0.0.1:<port>. */
  issuer?: string;
  report?: Report;
}
