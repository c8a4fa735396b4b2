import type { IncomingMessage } from 'node:http';
import type { Caller } from './caller.ts';

const callers = new WeakMap<IncomingMessage, Caller>();

/** The caller of each request, set by the guard alone: nothing that a request carries can stand in its place. */
export const requestCaller = {
  set(request: IncomingMessage, caller: Caller): void {
    callers.set(request, caller);
  },
  of(request: IncomingMessage): Caller | undefined {
    return callers.get(request);
  },
};
