import { armedCrashPoints } from './armed-crash-points.ts';
import type { CrashPointName } from './crash-point-names.ts';

/** A moment that a test may have armed; costs nothing where none is. */
export function crashPoint(name: CrashPointName): void {
  if (armedCrashPoints.size === 0) return;
  const point = armedCrashPoints.get(name);
  if (!point || --point.passesLeft > 0) return;
  armedCrashPoints.delete(name);
  process.kill(process.pid, point.signal);
}
