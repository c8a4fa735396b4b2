import { type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { tenantId } from '@laurel/contracts';
import type { FastifyRequest } from 'fastify';
import { requestContext } from '../http/request-context.ts';
import type { Caller } from './caller.ts';
import { type ClaimNames, callerOf } from './caller-of.ts';
import { forbidden } from './forbidden.ts';
import { requestCaller } from './request-caller.ts';
import type { RouteAccess } from './route-access.ts';
import { routeAccessKey } from './route-access-key.ts';
import { tenantHeader } from './tenant-header.ts';
import type { TokenVerifier } from './token-verifier.ts';
import { unauthorized } from './unauthorized.ts';

/**
 * The one place that decides who may use a route, and in which tenant: the token's, for an operator or another service the
 * `:tenantId` of the path, and for a service `x-tenant-id` where the path has none. A path that names another tenant than the token's is refused here, for every route.
 */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly names: ClaimNames,
    private readonly verifier: TokenVerifier | undefined,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(routeAccessKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind === 'public') return true;
    // Boot has refused both cases; nothing opens by mistake if that should ever change.
    if (!access || !this.verifier) throw unauthorized();

    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const token = bearerToken(request.headers.authorization);
    const kind = access.kind === 'internal' ? 'service' : 'user';
    const claims = await this.verifier.verify(token, access.kind === 'internal' ? 'internal' : 'api');
    const caller = callerOf(claims, kind, this.names);
    if (access.kind === 'roles' && !access.roles.some((role) => caller.roles.includes(role))) {
      throw forbidden(
        'role-missing',
        `This needs one of the roles ${access.roles.join(', ')}; the token has ${caller.roles.join(', ') || 'none'}.`,
      );
    }
    const inPath = (request.params as Record<string, string> | undefined)?.['tenantId'];
    const header = kind === 'service' ? request.headers[tenantHeader] : undefined;
    const acting = inTenant(caller, inPath ?? (typeof header === 'string' ? header : undefined), this.names);
    requestCaller.set(request.raw, acting);
    const trace = requestContext.of(request.raw);
    if (trace && acting.tenantId !== undefined) trace.tenantId = acting.tenantId;
    return true;
  }
}

/** RFC 6750, section 2.1: the header and nothing else; a token in a URL would end up in logs. */
function bearerToken(header: string | undefined): string {
  if (header === undefined) throw unauthorized();
  const [, token] = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(header) ?? [];
  if (!token) throw unauthorized('The Authorization header is not Bearer and a token');
  return token;
}

function inTenant(caller: Caller, named: string | undefined, names: ClaimNames): Caller {
  const isWide = caller.kind === 'service' || caller.roles.includes('operator');
  if (isWide) return named !== undefined && tenantId.safeParse(named).success ? { ...caller, tenantId: named } : caller;
  if (caller.tenantId === undefined) {
    throw forbidden(
      'tenant-missing',
      `The token names no tenant: the issuer has to put it into the claim ${names.TENANT_CLAIM}.`,
    );
  }
  if (named !== undefined && named !== caller.tenantId) {
    throw forbidden('wrong-tenant', 'The path names another tenant than the token.');
  }
  return caller;
}
