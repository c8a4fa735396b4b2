import { environment } from '../environment.ts';
import { run } from '../processes/run.ts';

/** The major version of this `java` (17, 21, …), or undefined where it does not run. */
export async function javaVersion(java: string): Promise<number | undefined> {
  const { code, output } = await run(java, ['-version'], { env: environment().inherited, timeoutMs: 20_000 });
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  if (code !== 0 || first === undefined) return undefined;
  // Java 8 and older call themselves 1.8.
  return Number(first === '1' ? second : first);
}
