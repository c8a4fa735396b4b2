import { type ErrorClass, PermanentError, TransientError } from './handling-errors.ts';

/** What a failure is, what is waited for if it is transient, and a reason without personal data. */
export interface Verdict {
  readonly class: ErrorClass;
  readonly dependency?: string;
  readonly reason: string;
}

// SQLSTATE classes and codes (PostgreSQL manual, appendix A) that are about the server, the session or another
// transaction, and never about the row: also refused credentials (28), a database that is not there (3D000) and one that
// only reads (25006, a standby after a failover).
const transientStates = /^(08...|28...|53...|3D000|57P0[1-5]|57014|25006|25P0[34]|40001|40003|40P01|55P03|58030)$/;
const network =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN)$/;
// pg and TypeORM have no code for a connection that went away under them. From the start of the message: what a bug
// quotes must not make an outage of it.
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout exceeded when trying to connect|Query read timeout|Query runner already released|Database connection provided by a query runner was already released|Driver not Connected|Connection with postgres database is not established|Cannot execute operation because connection is not yet established)/;

/** Tells an outage from a record that can never be handled, and both from a bug. */
export function classifyError(error: unknown): Verdict {
  for (const link of chain(error)) {
    if (link instanceof TransientError)
      return { class: 'transient', dependency: link.dependency, reason: link.message };
    if (link instanceof PermanentError) return { class: 'permanent', reason: link.message };
    const code = (link as { code?: unknown }).code;
    if (typeof code === 'string' && (transientStates.test(code) || network.test(code))) {
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
  const parts = [error.name, typeof code === 'string' ? code : ''].filter((part) => /^\w{1,60}$/.test(part));
  const place = placeOf(error);
  return [...parts, ...(place ? [`at ${place}`] : [])].join(' ');
}

/** The file and line of our own code that threw, as far as the stack tells. */
function placeOf(error: Error): string | undefined {
  // The message stands before the frames, and may look like one.
  const frames = error.stack?.replace(error.message, '').split('\n') ?? [];
  const own = frames.find((line) => line.trimStart().startsWith('at ') && !/node_modules|node:/.test(line));
  const place = /((?:file:\/\/)?\/[^\s()]+:\d+):\d+\)?$/.exec(own ?? '')?.[1];
  return place?.replace(/^.*?\/((apps|libs|deploy)\/)/, '$1');
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
