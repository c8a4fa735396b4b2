import { type ErrorClass, PermanentError, TransientError } from './handling-errors.ts';

/** What a failure is, what is waited for if it is transient, and a reason without personal data. */
export interface Verdict {
  readonly class: ErrorClass;
  readonly dependency?: string;
  readonly reason: string;
}

// SQLSTATE classes and codes (PostgreSQL manual, appendix A) that a repetition can mend.
const transientStates = /^(08...|53...|57P0[1-5]|57014|25P0[34]|40001|40P01|55P03|58030)$/;
const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);
// pg and TypeORM have no code for a connection that went away under them.
const lostConnection =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|Query runner already released|connection is closed/i;

/** Tells an outage from a record that can never be handled, and both from a bug. */
export function classifyError(error: unknown): Verdict {
  for (const link of chain(error)) {
    if (link instanceof TransientError) return { class: 'transient', dependency: link.dependency, reason: link.message };
    if (link instanceof PermanentError) return { class: 'permanent', reason: link.message };
    const code = (link as { code?: unknown }).code;
    if (typeof code === 'string' && (transientStates.test(code) || network.has(code))) {
      return { class: 'transient', dependency: 'postgres', reason: code };
    }
    if (lostConnection.test(link.message)) {
      return { class: 'transient', dependency: 'postgres', reason: 'connection lost' };
    }
  }
  return { class: 'bug', reason: describeBug(error) };
}

/** Where a bug struck. Its message stays out: a database's error, for one, quotes the row. */
function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const code = (error as { code?: unknown }).code;
  const frame = /\(?((?:file:\/\/)?\/[^\s()]+:\d+):\d+\)?/.exec(error.stack?.split('\n').find((line) => line.trim().startsWith('at ') && !line.includes('node_modules')) ?? '');
  const place = frame?.[1]?.replace(/^.*?\/((apps|libs|deploy)\/)/, '$1');
  return [error.name, typeof code === 'string' ? code : '', place ? `at ${place}` : ''].filter(Boolean).join(' ');
}

function* chain(error: unknown): Generator<Error> {
  const seen = new Set<unknown>();
  let link = error;
  while (link instanceof Error && !seen.has(link)) {
    seen.add(link);
    yield link;
    link = (link as { driverError?: unknown }).driverError ?? link.cause;
  }
}
