/** The tenants that the embedded stack knows people and clients of; two, so that anyone can see that they are kept apart. */
export const demoTenants = ['demo', 'demo-two'] as const;
