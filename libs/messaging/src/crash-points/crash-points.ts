/** The moments at which a test may kill or stop the process. A moment that is not listed cannot be armed. */
export const crashPointNames = [
  'slice.before-transaction',
  'slice.in-transaction',
  'slice.after-commit',
  'slice.after-offsets',
  'relay.before-send',
  'relay.after-send',
] as const;

export type CrashPointName = (typeof crashPointNames)[number];

interface Armed {
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  passesLeft: number;
}

const armed = new Map<CrashPointName, Armed>();

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
    armed.set(name as CrashPointName, { signal, passesLeft: Number(pass ?? 1) });
  }
}

/** A moment that a test may have armed; costs nothing where none is. */
export function crashPoint(name: CrashPointName): void {
  if (armed.size === 0) return;
  const point = armed.get(name);
  if (!point || --point.passesLeft > 0) return;
  armed.delete(name);
  process.kill(process.pid, point.signal);
}
