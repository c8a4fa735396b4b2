/** The tenant whose cohort completes a course. Its neighbour, `demo-two`, must see none of it. */
export const demoTenant = 'demo';
