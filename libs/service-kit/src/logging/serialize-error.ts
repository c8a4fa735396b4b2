/** What of an error is logged. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  /** Of a database error: which constraint, table, column and routine. Never its detail, query or parameters. */
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
  readonly routine?: string;
  readonly cause?: LoggedError;
  readonly errors?: readonly LoggedError[];
}

const databaseFields = ['constraint', 'table', 'column', 'routine'] as const;

/**
 * Turns an error into what may be logged. Only named fields are taken: PostgreSQL puts whole rows into `detail`, TypeORM
 * the values into `parameters`, and HTTP clients headers with tokens into `config`. Values that PostgreSQL (SQLSTATE class
 * 22) and JSON.parse quote in their messages are cut out. `depth` bounds chains of causes.
 */
export function serializeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no Error was thrown' };
  const message = withoutValues(error);
  const own = error as Error & Record<string, unknown>;
  const source = (own['driverError'] ?? own) as Record<string, unknown>;
  const fields: Record<string, unknown> = {};
  for (const key of ['code', ...databaseFields]) {
    const value = source[key] ?? own[key];
    if (typeof value === 'string') fields[key] = value;
  }
  // The stack begins with name and message as they were; only the frames are kept.
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  if (frames?.length) fields['stack'] = `${error.name}: ${message}\n${frames.join('\n')}`;
  if (error.cause !== undefined && depth < 4) fields['cause'] = serializeError(error.cause, depth + 1);
  if (error instanceof AggregateError && depth < 4) {
    fields['errors'] = error.errors.slice(0, 10).map((each) => serializeError(each, depth + 1));
  }
  return { type: error.constructor.name, message, ...fields };
}

function withoutValues(error: Error): string {
  const { message } = error;
  if (error instanceof SyntaxError && message.includes('JSON')) return 'not valid JSON';
  const code = (error as { code?: unknown }).code ?? (error as { driverError?: { code?: unknown } }).driverError?.code;
  if (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code)) return message.replace(/".*"/s, '[value]');
  return message;
}
