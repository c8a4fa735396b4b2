import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { requestCaller } from './request-caller.ts';

/** Hands a handler its {@link Caller}. A handler of a public route has none: there it throws. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const caller = requestCaller.of(context.switchToHttp().getRequest<FastifyRequest>().raw);
  if (!caller) {
    const where = `${context.getClass().name}.${context.getHandler().name}`;
    throw new Error(`${where} asks for the caller, but it is a public route.`);
  }
  return caller;
});
