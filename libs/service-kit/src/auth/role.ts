/** The roles of architecture section 7; `operator` is of the platform, all others are of one tenant. */
export const roles = ['operator', 'admin', 'creator', 'issuer', 'viewer', 'learner'] as const;

/** What a caller may do. */
export type Role = (typeof roles)[number];
