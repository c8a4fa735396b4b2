/** What an operator does to the state of certificates. */
export const changeKinds = ['revoke', 'suspend', 'reinstate', 'withdraw'] as const;

/** What an operator does to the state of certificates. */
export type ChangeKind = (typeof changeKinds)[number];
