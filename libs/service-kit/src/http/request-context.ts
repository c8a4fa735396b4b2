import type { IncomingMessage } from 'node:http';
import type { TraceContext } from '@laurel/messaging';

/** The guard adds the tenant, once the token has told it. */
type RequestContext = { -readonly [Field in keyof TraceContext]: TraceContext[Field] };

const contexts = new WeakMap<IncomingMessage, RequestContext>();

/**
 * The trace context of each request, the very object that stands in the AsyncLocalStorage: the guard adds the tenant to it,
 * and the filter finds it wherever the answer is made.
 */
export const requestContext = {
  set(request: IncomingMessage, context: RequestContext): void {
    contexts.set(request, context);
  },
  of(request: IncomingMessage): RequestContext | undefined {
    return contexts.get(request);
  },
};
