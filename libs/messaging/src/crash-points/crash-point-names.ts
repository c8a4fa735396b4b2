/** The moments at which a test may kill or stop the process. A moment that is not listed cannot be armed. */
export const crashPointNames = [
  'slice.before-transaction',
  'slice.in-transaction',
  'slice.after-commit',
  'slice.after-offsets',
  'relay.before-send',
  'relay.after-send',
  'generator.after-allocate',
  'generator.after-make',
  'generator.in-issue',
  'generator.after-issue',
  'reevaluation.in-transaction',
] as const;

export type CrashPointName = (typeof crashPointNames)[number];
