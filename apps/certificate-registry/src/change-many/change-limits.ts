/** How large a file of certificates may be, how many rows it may have, and how many of its faults are told at once. */
export const changeLimits = { bytes: 5_242_880, rows: 50_000, faults: 50 } as const;
