/** What became of one certificate of a job; `failed`: an error that is its own, and not that of its neighbours. */
export const changeResults = ['changed', 'already', 'blocked', 'failed'] as const;

/** What became of one certificate of a job. */
export type ChangeResult = (typeof changeResults)[number];
