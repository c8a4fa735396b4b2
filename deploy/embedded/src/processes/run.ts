import { spawn } from 'node:child_process';

/**
 * Runs a command to its end and gives its exit code (127 where it does not exist) and what it printed on both streams. Input is
 * closed, so nothing can wait for an answer; the command ends with this process at the latest.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: { env: Record<string, string>; cwd?: string; uid?: number; gid?: number; timeoutMs?: number },
): Promise<{ code: number; output: string }> {
  const { timeoutMs, ...rest } = options;
  const child = spawn(command, args, {
    ...rest,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: 'SIGKILL' as const }),
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const result = await new Promise<{ code: number; output: string }>((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code, signal) => {
      if (signal !== null && timeoutMs !== undefined) output += `\n(ended by ${signal} after ${timeoutMs} ms)`;
      resolve({ code: code ?? 128, output });
    });
  });
  process.off('exit', end);
  return result;
}
