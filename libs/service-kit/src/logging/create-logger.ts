import {
  type Bindings,
  type ChildLoggerOptions,
  type DestinationStream,
  type LogFn,
  pino,
  stdTimeFunctions,
} from 'pino';
import { parseTraceparent } from '../tracing/parse-traceparent.ts';
import { traceContext } from '@laurel/messaging';
import type { Logger } from './logger.token.ts';
import { removePersonalData } from './remove-personal-data.ts';
import { scrubLine } from './scrub-line.ts';
import { serializeError } from './serialize-error.ts';

type MakeChild = (this: Logger, bindings: Bindings, options?: ChildLoggerOptions) => Logger;

/** How a logger is made. */
export interface LoggerOptions {
  /** The app's name, on every line. */
  readonly app: string;
  readonly level: string;
  /** Where lines go; standard output if left out, written synchronously so that a dying process still says why. */
  readonly destination?: DestinationStream;
}

/**
 * Makes the logger of a process: JSON lines `{level, time, app, traceId?, correlationId?, eventId?, tenantId?, ...fields,
 * err?, msg}`. The ids come from the trace context of the work at hand.
 */
export function createLogger({ app, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { app },
    timestamp: stdTimeFunctions.isoTime,
    mixin: idsOfTheWork,
    formatters: { level: (label: string) => ({ level: label }), log: removePersonalData },
    // The fields come here as removePersonalData has made them.
    serializers: { err: (error: unknown) => (error instanceof Error ? serializeError(error) : error) },
    hooks: { streamWrite: scrubLine, logMethod: giveErrorsASafeMessage },
  };
  const logger: Logger = destination
    ? pino(options, destination)
    : pino(options, pino.destination({ dest: 1, sync: true }));
  // pino asks its formatters about the fields of a line, not about those of a child. Children inherit this method.
  logger.child = childWithoutPersonalData((logger as { child: unknown }).child as MakeChild);
  return logger;
}

function idsOfTheWork(): Record<string, string | undefined> {
  const { traceparent, correlationId, eventId, tenantId } = traceContext.getStore() ?? {};
  return { traceId: parseTraceparent(traceparent)?.traceId, correlationId, eventId, tenantId };
}

/** Without a message pino takes the error's own, with the values that a database or a parser quotes in it. */
function giveErrorsASafeMessage(this: Logger, parameters: Parameters<LogFn>, method: LogFn): void {
  const [fields, message] = parameters as unknown[];
  const error = fields instanceof Error ? fields : (fields as { err?: unknown } | null | undefined)?.err;
  if (error instanceof Error && message === undefined) {
    const named = fields instanceof Error ? { err: fields } : fields;
    method.call(this, named, serializeError(error).message);
    return;
  }
  method.apply(this, parameters);
}

function childWithoutPersonalData(makeChild: MakeChild): Logger['child'] {
  return function (this: Logger, bindings: Bindings, options?: ChildLoggerOptions): Logger {
    return makeChild.call(this, removePersonalData(bindings), options);
  } as unknown as Logger['child'];
}
