import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { readIdempotentRequest } from './read-idempotent-request.ts';

const parameter = createParamDecorator((_: unknown, context: ExecutionContext) =>
  readIdempotentRequest(context.switchToHttp().getRequest<FastifyRequest>()),
);

/**
 * Hands a creating handler its {@link IdempotentRequest} for `idempotency.once`, and puts the header into the OpenAPI
 * document: `create(@Idempotent() request: IdempotentRequest, @Body({ schema }) body: NewCourse)`.
 */
export function Idempotent(): ParameterDecorator {
  return (target, key, index) => {
    parameter()(target, key, index);
    if (key === undefined) return;
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    const document = ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Repeats of a request with the same key (kept 24 h) make nothing twice. 409: the first one still runs. 422: the key belongs to another request.',
    });
    if (descriptor) document(target, key, descriptor);
  };
}
