import rateLimit, { type CreateRateLimitOptions } from '@fastify/rate-limit';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';
import type { PublicLimits } from './public-limits.ts';
import type { RouteAccess } from './route-access.ts';
import { routeAccessKey } from './route-access-key.ts';

type Check = ReturnType<FastifyInstance['createRateLimit']>;

const minute = 60_000;
/** Addresses that are remembered; the one that was seen least recently is forgotten. */
const most = 20_000;

/**
 * Bounds how often one address may call public routes: whoever tries ids, or makes us check signatures, is slowed down. Of IPv6 a /64
 * counts as one. Each process counts for itself.
 */
export class AddressLimit implements CanActivate {
  private checks: { readonly get: Check; readonly post: Check } | undefined;

  /** @param server not listening yet */
  constructor(
    private readonly reflector: Reflector,
    private readonly server: FastifyInstance,
    private readonly limits: PublicLimits,
  ) {
    void server.register(rateLimit, { global: false, cache: most });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(routeAccessKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind !== 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    this.checks ??= { get: this.limit(this.limits.readsPerMinute), post: this.limit(this.limits.postsPerMinute) };
    const result = await (request.method === 'POST' ? this.checks.post : this.checks.get)(request);
    if (result.isAllowed || !result.isExceeded) return true;
    const seconds = Math.max(1, result.ttlInSeconds);
    throw new Problem(429, {
      code: 'too-many-requests',
      detail: `More than ${result.max} calls came from your address within a minute; go on in ${seconds} s.`,
      headers: { 'retry-after': String(seconds) },
    });
  }

  private limit(max: number): Check {
    const options: CreateRateLimitOptions = { max, timeWindow: minute };
    return this.server.createRateLimit(options);
  }
}
