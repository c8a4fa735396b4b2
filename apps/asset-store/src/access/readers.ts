/** The roles that may read whatever stands in their tenant. */
export const readers = ['operator', 'admin', 'creator', 'issuer', 'viewer'] as const;
