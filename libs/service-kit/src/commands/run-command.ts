import { report } from '../service/report.ts';
import { type Environment, processEnvironment } from '../settings/environment.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage-error.ts';

/** A command: reads its arguments, writes its answer, answers the exit code. */
export type Command = (args: string[], environment: Environment, output: Output) => Promise<number>;

/** Runs a command as this process: exit code 2 for wrong arguments, 1 for any other failure, both told on standard error. */
export async function runCommand(command: Command): Promise<void> {
  const output: Output = {
    answer: (text) => void process.stdout.write(`${text}\n`),
    complaint: (text) => void process.stderr.write(`${text}\n`),
  };
  try {
    process.exitCode = await command(process.argv.slice(2), processEnvironment(), output);
  } catch (error) {
    if (error instanceof UsageError) output.complaint(error.message);
    else report(error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
