/** How a handler takes part in the guarantees. */
export interface HandlerOptions {
  /**
   * `inbox` (the default): an event comes to the handler once, and its name is kept for 31 days. `own-key`: the effect
   * has a unique key of its own (a fact, a certificate, a delivery), and the handler may see an event again.
   */
  readonly idempotency?: 'inbox' | 'own-key';
  /** `own`: the handler opens its transactions itself (the generator renders between two); then it has no inbox. */
  readonly transaction?: 'slice' | 'own';
}
