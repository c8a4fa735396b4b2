import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { forbidden } from './forbidden.ts';
import { requestCaller } from './request-caller.ts';

/**
 * Hands a handler the tenant id that its request acts in. Answers 403 to an operator or a service that has named none, so
 * that no query ever runs without a tenant.
 */
export const CurrentTenant = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const tenantId = requestCaller.of(context.switchToHttp().getRequest<FastifyRequest>().raw)?.tenantId;
  if (tenantId === undefined) {
    throw forbidden(
      'tenant-missing',
      'This acts in one tenant: use a token that names it, or a path with the tenant in it.',
    );
  }
  return tenantId;
});
