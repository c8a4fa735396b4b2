import { armedCrashPoints } from './armed-crash-points.ts';
import { type CrashPointName, crashPointNames } from './crash-point-names.ts';

/**
 * Arms moments from configuration: `slice.after-commit=kill@3,relay.after-send=stop` kills at the third pass of the one
 * and stops (SIGSTOP) at the first pass of the other. Production refuses the setting before it gets here.
 *
 * @throws {Error} naming the part that is wrong
 */
export function armCrashPoints(setting: string): void {
  for (const part of setting.split(',').filter(Boolean)) {
    const [, name, action, pass] = /^([a-z.-]+)=(kill|stop)(?:@([1-9][0-9]*))?$/.exec(part.trim()) ?? [];
    if (!name || !crashPointNames.includes(name as CrashPointName)) {
      throw new Error(
        `CRASH_POINTS: "${part}" is not <point>=kill|stop[@<pass>] with a point of ${crashPointNames.join(', ')}`,
      );
    }
    const signal = action === 'kill' ? 'SIGKILL' : 'SIGSTOP';
    armedCrashPoints.set(name as CrashPointName, { signal, passesLeft: Number(pass ?? 1) });
  }
}
