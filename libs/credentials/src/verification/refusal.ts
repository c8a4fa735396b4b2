import type { RefusalCode } from './refusal-codes.ts';

/** Why something that was presented is not accepted. */
export interface Refusal {
  readonly ok: false;
  /**
   * `unreadable`: no credential that is understood here. `unknown-issuer`: no such key of that issuer. `tampered`: the key is
   * known, and what is written is not what it has signed, or it may not sign it. `status-unknown`: it could not be looked up.
   */
  readonly verdict: 'tampered' | 'unreadable' | 'unknown-issuer' | 'status-unknown';
  /** For programs. */
  readonly code: RefusalCode;
  /** A sentence for a person; it quotes nothing of what was presented. */
  readonly reason: string;
}
