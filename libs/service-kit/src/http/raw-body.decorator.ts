import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type RawContent, readRawBody } from './read-raw-body.ts';

export type { RawContent } from './read-raw-body.ts';

/** What a route reads that takes no JSON. */
export interface RawBodyOptions {
  /** Without parameters and in lower case: `image/png`. Another one is answered 415. A text has to be UTF-8. */
  readonly mediaTypes: readonly [string, ...string[]];
  /** The largest body in bytes; a larger one is answered 413. It counts instead of the service's `bodyLimit`. */
  readonly maxBytes: number;
}

/** Where the hook finds the options of a route: a member of Fastify's route configuration. */
export interface RawBodyRoute {
  readonly rawBody?: RawBodyOptions;
}

/**
 * Hands a handler the body as it came, a {@link RawContent}, and puts its media types and size into the OpenAPI document:
 * `keep(@RawBody({ mediaTypes: ['image/png'], maxBytes: 4_000_000 }) image: RawContent)`. An empty body is answered 400.
 * Throws for `application/json`, which is `@Body`'s.
 */
export function RawBody(options: RawBodyOptions): ParameterDecorator {
  const wrong = options.mediaTypes.find((type) => !/^[a-z]+\/[a-z0-9.+-]+$/.test(type) || type === 'application/json');
  if (wrong !== undefined) {
    throw new TypeError(
      `@RawBody cannot read ${wrong}: name types in lower case, and take @Body for application/json.`,
    );
  }
  return (target, key, index) => {
    parameter(options)(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key === undefined || !descriptor) return;
    const decorators: MethodDecorator[] = [
      RouteConfig({ rawBody: options } satisfies RawBodyRoute),
      ApiConsumes(...options.mediaTypes),
      ApiBody({
        required: true,
        description: `At most ${options.maxBytes} bytes.`,
        schema: { type: 'string', format: 'binary' },
      }),
    ];
    for (const decorate of decorators) decorate(target, key, descriptor);
  };
}

const parameter = createParamDecorator((options: RawBodyOptions, context: ExecutionContext): RawContent =>
  readRawBody(context.switchToHttp().getRequest<FastifyRequest>(), options.mediaTypes),
);
