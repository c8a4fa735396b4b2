import type { IncomingMessage } from 'node:http';
import type { TraceContext } from '@laurel/messaging';

/** The guard adds the tenant, once the token has told it. */
type RequestContext = { -readonly [Field in keyof TraceContext]: TraceContext[Field] };

const contexts = new WeakMap<IncomingMessage, RequestContext>();

/**
 * The trace context of each request. It hangs on the request as well as in the AsyncLocalStorage, because the body's parser
 * calls back in the socket's asynchronous context, so that whatever follows a bad body would find no store.
 */
export const requestContext = {
  set(request: IncomingMessage, context: RequestContext): void {
    contexts.set(request, context);
  },
  of(request: IncomingMessage): RequestContext | undefined {
    return contexts.get(request);
  },
};
