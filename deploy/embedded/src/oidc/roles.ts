/** The roles of Laurel's HTTP interfaces. */
export const roles = ['operator', 'admin', 'creator', 'issuer', 'viewer', 'learner'] as const;
