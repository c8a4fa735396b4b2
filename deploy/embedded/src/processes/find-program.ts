import { run } from './run.ts';

/** The path of the first of these programs that the PATH of `env` holds. */
export async function findProgram(env: Record<string, string>, ...names: string[]): Promise<string | undefined> {
  for (const name of names) {
    const { code, output } = await run('sh', ['-c', 'command -v "$1"', 'sh', name], { env });
    if (code === 0) return output.trim();
  }
  return undefined;
}
