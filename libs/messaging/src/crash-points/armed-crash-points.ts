import type { CrashPointName } from './crash-point-names.ts';

/** What a test has armed, and how many passes are left until it happens. */
export interface ArmedCrashPoint {
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  passesLeft: number;
}

/** Empty in production. */
export const armedCrashPoints = new Map<CrashPointName, ArmedCrashPoint>();
