/**
 * Milliseconds. A transaction that stands still must end before the consumer's session (10 s) does: else a stopped
 * process holds locks on the rows that its successor has to write.
 */
export const sessionTimeouts = {
  idle_in_transaction_session_timeout: 5_000,
  lock_timeout: 4_000,
  statement_timeout: 8_000,
} as const;
