/** How large a CSV file may be, and how many of its rows one transaction writes. */
export const csvLimits = { bytes: 5_242_880, rows: 50_000, chunk: 1_000 } as const;
