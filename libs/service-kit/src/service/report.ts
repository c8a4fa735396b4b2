import { scrubLine } from '../logging/scrub-line.ts';
import { serializeError } from '../logging/serialize-error.ts';

/** Writes to standard error, for people, why a process ends: sentences where the error was made for them, else with its stack. */
export function report(error: unknown): void {
  const isForPeople = error instanceof Error && ['SettingsError', 'BootError', 'BootRefused'].includes(error.name);
  process.stderr.write(`${scrubLine(isForPeople ? error.message : withCauses(serializeError(error)))}\n`);
}

function withCauses({ stack, message, cause }: ReturnType<typeof serializeError>): string {
  return `${stack ?? message}${cause ? `\n  caused by ${withCauses(cause)}` : ''}`;
}
