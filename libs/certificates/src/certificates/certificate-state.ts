/** The states of a certificate: `allocated → issued | failed | withdrawn`, and what comes after `issued`. */
export const certificateStates = [
  'allocated',
  'issued',
  'failed',
  'withdrawn',
  'suspended',
  'superseded',
  'revoked',
] as const;

/** The state of a certificate. That it has expired is told by its date, never by its state. */
export type CertificateState = (typeof certificateStates)[number];
